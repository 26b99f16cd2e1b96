import Testing

@testable import ActorTrainer

@Suite("Where actors come from")
struct SourceTests {
    @Test(
        "however a server is spelled, its trainings have one journal",
        arguments: [
            "http://127.0.0.1:5173", "http://[::1]:5173", "HTTP://LocalHost:5173", "http://localhost:5173/",
        ])
    func spellings(url: String) {
        #expect(Source.server(url).folderName == Source.server("http://localhost:5173").folderName)
    }

    @Test("a port that is the usual one may be left out")
    func usualPort() {
        #expect(Source.server("http://studio:80").folderName == Source.server("http://studio").folderName)
        #expect(Source.server("https://studio:443").folderName == Source.server("https://studio").folderName)
    }

    @Test("other ports, schemes, hosts and paths are other servers")
    func others() {
        let urls = [
            "http://studio", "https://studio", "http://studio:8080", "http://studio/maker", "http://studio2", "http://localhost",
        ]
        #expect(Set(urls.map { Source.server($0).folderName }).count == urls.count)
    }
}
