extension String {
    /// An address without what follows a `?` or `#`: there a presigned one keeps its secret. For whatever is kept, shown or told.
    public var withoutQuery: String { String(prefix { $0 != "?" && $0 != "#" }) }
}
