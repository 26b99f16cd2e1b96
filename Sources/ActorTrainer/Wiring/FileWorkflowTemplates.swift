import Foundation
import JSONText
import TrainingPorts

/// The workflow template in a file, read anew for each order: a person may mend it while the program runs.
struct FileWorkflowTemplates: WorkflowTemplates {
    let path: String

    func template() async throws(PortError) -> JSONValue {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw PortError(
                .notFound,
                "the workflow template \(path) cannot be read",
                cause: error)
        }
        do {
            return try JSONValue(parsing: data)
        } catch {
            throw PortError(.corrupted, "the workflow template \(path) is \(error)", cause: error)
        }
    }
}
