package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.MethodVisitor;
import snel.ir.Cell;
import snel.ir.Scalar;

/// The element types of vectors and their classes in `jdk.incubator.vector`.
enum LaneType {
  BYTE("ByteVector", "B", 8),
  SHORT("ShortVector", "S", 16),
  INT("IntVector", "I", 32),
  LONG("LongVector", "J", 64),
  FLOAT("FloatVector", "F", 32),
  DOUBLE("DoubleVector", "D", 64);

  static final String ROOT = "jdk/incubator/vector/";
  static final String VECTOR = "Ljdk/incubator/vector/Vector;";
  static final String MASK = "Ljdk/incubator/vector/VectorMask;";
  static final String SPECIES = "Ljdk/incubator/vector/VectorSpecies;";

  final String owner;
  final String descriptor;
  final String element;
  final int bits;

  LaneType(String name, String element, int bits) {
    this.owner = ROOT + name;
    this.descriptor = "L" + ROOT + name + ";";
    this.element = element;
    this.bits = bits;
  }

  static LaneType of(Scalar scalar) {
    return switch (scalar) {
      case BOOL, I32 -> INT;
      case I64 -> LONG;
      case F32 -> FLOAT;
      case F64 -> DOUBLE;
    };
  }

  static LaneType of(Cell cell) {
    return switch (cell) {
      case U8 -> BYTE;
      case U16 -> SHORT;
      case I32, I64, F32, F64 -> of(cell.scalar());
    };
  }

  /// The letter by which [jdk.incubator.vector.VectorOperators] names conversions.
  String letter() {
    return this == LONG ? "L" : element;
  }

  /// Pushes the species with so many lanes of this type.
  void pushSpecies(MethodVisitor code, int lanes) {
    code.visitFieldInsn(GETSTATIC, owner, "SPECIES_" + lanes * bits, SPECIES);
  }

  /// Calls a method of the vector on the stack.
  void invoke(MethodVisitor code, String method, String descriptor) {
    code.visitMethodInsn(INVOKEVIRTUAL, owner, method, descriptor, false);
  }

  void invokeStatic(MethodVisitor code, String method, String descriptor) {
    code.visitMethodInsn(INVOKESTATIC, owner, method, descriptor, false);
  }

  /// Makes a vector of the value under the species on the stack (species, value → vector).
  void broadcast(MethodVisitor code) {
    invokeStatic(code, "broadcast", "(" + SPECIES + element + ")" + descriptor);
  }
}
