public import EngineAPI
public import TerminalUI
public import Training

/// Everything that can change what the dashboard shows.
public enum DashboardInput: Hashable, Sendable {
    case terminal(TerminalInput)
    /// The engine was attached to, for the first time or again.
    case attached(Snapshot)
    case update(Update)
    /// The engine's answer to the command with that id.
    case replied(commandID: String, Reply)
    /// The operator is to be told of something, wherever they look.
    case noticed(TerminalNotice)
    /// What a check before a start has found; about the plan with that number.
    case checked(plan: Int, PreflightReport)
    /// The engine cannot be reached; the sentence says why and what to do.
    case engineLost(String)
}

/// What the dashboard asks of the program around it. None of it changes the state by itself: what comes of it comes back as an input.
public enum DashboardEffect: Hashable, Sendable {
    case perform(CommandEnvelope)
    /// Look at what a training of these actors needs, before anything is paid; comes back as `checked`.
    case check(plan: Int, [ActorID])
    /// Updates were missed: attach and give the new snapshot.
    case attachAgain
    /// End the program; trainings go on.
    case leave
    /// The engine has gone.
    case bell
    /// Something ended or needs the operator: the terminal says so, after the frame that shows it.
    case tell(TerminalNotice)
    /// Send the whole screen again, also what the terminal should have already.
    case redraw
}
