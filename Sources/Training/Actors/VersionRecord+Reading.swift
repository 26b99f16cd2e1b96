public import JSONText

extension VersionRecord {
    /// Reads a saved training version.
    public init(reading json: JSONValue) {
        self.init(
            id: json["id"]?.string ?? json["id"]?.int.map(String.init) ?? "",
            name: json["name"]?.string ?? "",
            status: json["status"]?.string.flatMap(Status.init(rawValue:)) ?? .other,
            timestamp: json["timestamp"]?.string.flatMap(Timestamp.init(parsing:)),
            imageCount: json["imageCount"]?.int,
            address: json["loraUrl"]?.string,
            isGood: json["isGood"]?.bool)
    }

    /// Reads `{"versions": […]}`.
    /// - Returns: the versions that could be read, newest first as they stand, and what is wrong with the others: one that cannot be
    ///   read may be a training that is still paid for.
    public static func list(reading json: JSONValue) -> (versions: [VersionRecord], fault: String?) {
        guard json.object != nil else { return ([], "it is no JSON object") }
        guard let list = json["versions"], !list.isNull else { return ([], nil) }
        guard let entries = list.array else { return ([], "versions is no list") }
        let odd = entries.firstIndex { $0.object == nil }
        return (
            entries.filter { $0.object != nil }.map(VersionRecord.init(reading:)),
            odd.map { "entry \($0 + 1) of versions is no object" }
        )
    }
}
