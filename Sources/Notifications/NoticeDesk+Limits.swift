extension NoticeDesk {
    /// How long things wait for others, and how much is told singly.
    public struct Limits: Sendable {
        /// How long news waits for more.
        public var gathering: Duration
        /// More than so many notices at once become one.
        public var single: Int
        /// How long the first look at what was open may take.
        public var catchingUp: Duration
        /// How long the end of the program waits for what is on its way.
        public var farewell: Duration

        public init(
            gathering: Duration = .seconds(2), single: Int = 3, catchingUp: Duration = .seconds(60),
            farewell: Duration = .seconds(10)
        ) {
            self.gathering = gathering
            self.single = single
            self.catchingUp = catchingUp
            self.farewell = farewell
        }
    }
}
