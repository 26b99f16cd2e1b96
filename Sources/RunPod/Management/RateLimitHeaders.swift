import NIOHTTP1
import Training

/// What an answer says about how much may still be asked: `RateLimit: "minute";r=0;t=12` and `RateLimit-Policy: "minute";q=60;w=60`, as
/// RunPod's management API sends them (draft-ietf-httpapi-ratelimit-headers).
struct RateLimitHeaders: Hashable, Sendable {
    /// What one limit has left, and when it is whole again.
    struct Left: Hashable, Sendable {
        var calls: Int
        var reset: Duration
    }

    /// What one limit allows.
    struct Allowance: Hashable, Sendable {
        var calls: Int
        var window: Duration
    }

    var left: [Left] = []
    var allowances: [Allowance] = []
    /// From `Retry-After` of an answer that turned the call away.
    var pause: Duration?

    /// No pause is longer, whatever an answer says.
    private static let longest = 3600

    init(_ headers: HTTPHeaders, retryAfter: Seconds? = nil) {
        pause = retryAfter.map { .milliseconds(min($0.milliseconds, Int64(RateLimitHeaders.longest) * 1000)) }
        for fields in RateLimitHeaders.items(headers["ratelimit"]) {
            guard let calls = fields["r"] else { continue }
            // Without a time the shortest window is taken: the next answer says more.
            left.append(Left(calls: calls, reset: .seconds(min(fields["t"] ?? 1, RateLimitHeaders.longest))))
        }
        for fields in RateLimitHeaders.items(headers["ratelimit-policy"]) {
            guard let calls = fields["q"], calls > 0, let window = fields["w"], window > 0 else { continue }
            allowances.append(Allowance(calls: calls, window: .seconds(window)))
        }
    }

    /// The parameters of each item of a list; those that are no whole number from 0 up are left out, and names are not needed.
    private static func items(_ lines: [String]) -> [[String: Int]] {
        lines.flatMap { split($0, at: ",") }.map { item in
            var fields: [String: Int] = [:]
            for part in split(item, at: ";").dropFirst() {
                let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
                guard pair.count == 2, let value = Int(pair[1]), value >= 0 else { continue }
                fields[pair[0].lowercased()] = value
            }
            return fields
        }
    }

    /// A limit's name is quoted, and may hold what parts the items.
    private static func split(_ text: String, at separator: Character) -> [String] {
        var (parts, isQuoted, isEscaped) = ([""], false, false)
        for character in text {
            if character == separator, !isQuoted {
                parts.append("")
                continue
            }
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = character == "\\" && isQuoted && !isEscaped
            parts[parts.count - 1].append(character)
        }
        return parts
    }
}

extension TokenBucket {
    /// Takes in what the other side says: it knows what others spend with the same key. Never allows more than it did.
    mutating func learn(_ told: RateLimitHeaders, at now: Duration) {
        for allowance in told.allowances { tighten(calls: allowance.calls, window: allowance.window) }
        for left in told.left {
            if left.calls == 0 { close(until: now + left.reset) } else { keep(atMost: left.calls, at: now) }
        }
        if let pause = told.pause { close(until: now + pause) }
    }
}
