public import Training
public import TrainingPorts

extension S3ImageStore {
    public func files(in folder: S3Location) async -> FolderListing {
        do {
            let listing = try await client.list(folder.bucket, prefix: folder.key, delimiter: "/")
            guard !listing.isCut else { return .notListed("\(folder) holds more objects than are listed") }
            return .files(listing.objects.map(\.location))
        } catch {
            return .notListed(error.message)
        }
    }

    /// One object at most is listed, and of the example no byte is read.
    public func access(to folder: S3Location, example: S3Location?) async -> StoreAccess {
        guard let fault = await faultOfListing(folder) else {
            return await faultOfReading(example).map(S3ImageStore.access) ?? .open
        }
        // Whoever may not list may read all the same.
        guard fault.code == .forbidden, example != nil else { return S3ImageStore.access(fault) }
        return await faultOfReading(example).map(S3ImageStore.access) ?? .unlisted(fault.message)
    }

    private func faultOfListing(_ folder: S3Location) async -> S3Error? {
        do {
            _ = try await client.list(folder.bucket, prefix: folder.key, limit: 1, pageSize: 1)
            return nil
        } catch {
            return error
        }
    }

    /// What speaks against reading; that the object is missing does not.
    private func faultOfReading(_ example: S3Location?) async -> S3Error? {
        guard let example else { return nil }
        do {
            _ = try await client.head(example)
            return nil
        } catch {
            return error.code == .noSuchKey ? nil : error
        }
    }

    private static func access(_ error: S3Error) -> StoreAccess {
        switch error.code {
        case .forbidden: .forbidden(error.message)
        case .badCredentials: .wrongKey(error.message)
        case .noSuchBucket: .noBucket(error.message)
        default: .unreachable(error.message)
        }
    }
}
