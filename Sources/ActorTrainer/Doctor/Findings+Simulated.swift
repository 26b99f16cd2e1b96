import Training

extension [Finding] {
    /// What was found in a simulation's invented bucket says so: nobody is to take it for a look at his own.
    func told(ofSimulation isSimulated: Bool) -> [Finding] {
        guard isSimulated else { return self }
        return map { finding in
            let isStored = ["s3", "images"].contains(finding.code.prefix { $0 != "." })
            guard isStored, finding.severity == .ok || finding.severity == .note else { return finding }
            var finding = finding
            finding.sentence += " (simulated)"
            return finding
        }
    }
}
