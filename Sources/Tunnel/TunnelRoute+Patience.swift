extension TunnelRoute {
    /// What is waited for, and how often.
    public struct Patience: Sendable {
        /// How long a new agent may take to bring its tunnel up and the first test through.
        public var start: Duration
        /// Between two tests of a tunnel that has just been made: its name may not be known everywhere yet.
        public var pause: Duration
        /// So many tests in a row that a tunnel of ours may fail before its agent is ended and another one started.
        public var failures: Int

        public init(start: Duration = .seconds(15), pause: Duration = .seconds(1), failures: Int = 3) {
            self.start = start
            self.pause = pause
            self.failures = failures
        }
    }
}
