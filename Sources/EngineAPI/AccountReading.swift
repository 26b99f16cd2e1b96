public import Training

/// RunPod's account as it was last told.
public struct AccountReading: Hashable, Sendable {
    /// Nil where it was never told.
    public var balance: Money?
    /// What all of the account burns an hour.
    public var spendPerHour: Money?
    /// When the balance was told.
    public var asOf: Timestamp
    /// Why the newest answer was no answer.
    public var fault: String?

    public init(balance: Money?, spendPerHour: Money? = nil, asOf: Timestamp, fault: String? = nil) {
        self.balance = balance
        self.spendPerHour = spendPerHour
        self.asOf = asOf
        self.fault = fault
    }
}
