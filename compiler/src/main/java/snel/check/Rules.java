package snel.check;

import java.util.List;

/// All rules beside those on names, kinds and dimensions.
final class Rules {
  /// What each rule says may rest on any declaration of the program.
  static final List<Rule> ALL =
      List.of(
          ReservedMembers::check,
          OnceOnly::check,
          Recursion::check,
          NoisePlaces::check,
          LargeNumbers::check,
          WrittenNumbers::check,
          MethodsFit::check,
          SplitsApart::check,
          FromChains::check,
          StepAndSeed::check,
          MinimiseWithTraining::check,
          ResetBelowThreshold::check,
          RefractoryHolds::check,
          RaisedTraces::check,
          SpikingEnds::check,
          LatentLayers::check,
          FrozenScores::check,
          LateAssignments::check,
          AssignedTimes::check,
          IdleHooks::check,
          IdleResults::check,
          Unscored::check,
          LabelsApart::check,
          LoopsStop::check,
          SweepBodies::check);

  private Rules() {}
}
