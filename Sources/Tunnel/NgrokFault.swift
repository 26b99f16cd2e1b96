/// ngrok's own number for what is wrong, in words that say what to do.
struct NgrokFault: Hashable {
    let code: Int

    /// The first `ERR_NGROK_<digits>` in a text.
    init?(searching text: String) {
        guard let mark = text.firstRange(of: "ERR_NGROK_") else { return nil }
        guard let code = Int(text[mark.upperBound...].prefix { ("0"..."9").contains($0) }) else { return nil }
        self.code = code
    }

    var sentence: String { "\(explanation) (ERR_NGROK_\(code))" }

    private var explanation: String {
        switch code {
        case 102: "the ngrok account is suspended; see ngrok's dashboard"
        case 105: "the ngrok authtoken is malformed; it was copied wrong, or it is an API key: set NGROK_AUTHTOKEN anew"
        case 107: "the ngrok authtoken is not valid any more; make a new one and set NGROK_AUTHTOKEN"
        case 108: "another ngrok agent of this account is running, and the plan allows no more; end that one"
        case 120, 121: "the ngrok agent is too old; update it"
        case 334: "the account's address is in use by another ngrok agent; end that one, or give this one another address"
        case 725: "the ngrok account has used up its traffic of this month"
        case 734: "the ngrok account gets too many requests a minute; try again later"
        case 3200: "the tunnel's address is offline: its agent has gone, or the address is wrong"
        case 4018: "ngrok wants an account; set NGROK_AUTHTOKEN"
        case 6024: "ngrok shows its warning page instead of passing the request on"
        case 8012: "the ngrok agent cannot reach our port: the webhook listener is down"
        default: "ngrok reports an error; ngrok.com/docs/errors tells what it means"
        }
    }
}
