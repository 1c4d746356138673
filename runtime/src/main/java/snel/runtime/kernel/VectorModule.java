package snel.runtime.kernel;

import java.lang.reflect.InvocationTargetException;

/// The JVM's module of vectors, which is loaded when somebody wants it. Given to the JVM at its
/// start (`--add-modules`), it would do as well, but keep the JVM from beginning with linked
/// classes out of its cache, which saves a short run a third of its time.
public final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /// Whether classes may use the module. Where it was not given at the start, the JVM must export
  /// its own loader of modules: `--add-exports java.base/jdk.internal.module=ALL-UNNAMED`.
  public static boolean isPresent() {
    return ModuleLayer.boot().findModule(NAME).isPresent() || isLoaded();
  }

  private static boolean isLoaded() {
    try {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, NAME);
      return true;
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException _) {
      return false;
    }
  }
}
