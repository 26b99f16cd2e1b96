import Foundation
import Testing
import Training

@Suite("Times")
struct TimestampTests {
    @Test(
        "is written in UTC with milliseconds, and read back",
        arguments: [
            (1_795_449_892_120, "2026-11-23T16:04:52.120Z"), (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func text(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
        #expect(Timestamp(parsing: text)?.milliseconds == milliseconds)
    }

    @Test("agrees with the system's calendar over four centuries")
    func calendar() {
        let formatter = ISO8601DateFormatter()
        // Eleven days and some hours on each time, so that every day of month and year comes up.
        for hour in stride(from: -1_440_000, to: 2_064_000, by: 11 * 24 + 5) {
            let time = Timestamp(milliseconds: Int64(hour) * 3_600_000)
            let expected = formatter.string(from: Date(timeIntervalSince1970: Double(hour) * 3600))
            guard time.description.prefix(19) + "Z" == expected, Timestamp(parsing: expected) == time else {
                Issue.record("\(time) should be \(expected)")
                return
            }
        }
    }

    @Test(
        "is read in the forms that others write",
        arguments: [
            ("2026-11-23T16:04:52Z", "2026-11-23T16:04:52.000Z"), ("2026-11-23T16:04:52.1Z", "2026-11-23T16:04:52.100Z"),
            ("2026-11-23T16:04:52.123456789Z", "2026-11-23T16:04:52.123Z"),
            ("2026-11-23T16:04:52.120+00:00", "2026-11-23T16:04:52.120Z"),
            ("2026-11-23T17:04:52+01:00", "2026-11-23T16:04:52.000Z"), ("2026-11-23T10:34:52-05:30", "2026-11-23T16:04:52.000Z"),
            ("2026-11-23T17:04:52+0100", "2026-11-23T16:04:52.000Z"), ("2026-11-23T16:04:52.123456", "2026-11-23T16:04:52.123Z"),
            ("2026-11-23 16:04:52", "2026-11-23T16:04:52.000Z"), ("2026-11-23t16:04:52z", "2026-11-23T16:04:52.000Z"),
        ])
    func forms(text: String, time: String) {
        #expect(Timestamp(parsing: text)?.description == time)
    }

    @Test(
        "is none where the text is none",
        arguments: [
            "", "2026-11-23", "2026-13-23T16:04:52Z", "2026-02-30T16:04:52Z", "2026-00-10T16:04:52Z", "2026-11-23T24:04:52Z",
            "2026-11-23T16:60:52Z",
            "2026-11-23T16:04:52Zjunk", "2026-11-23T16:04:52.Z", "2026-11-23T16:04:52+", "2026-11-23T16:04:52+1",
            "2026-11-23T16:04:52+99:00",
            "2026/11/23T16:04:52Z", "2026-11-23X16:04:52Z", "yesterday at some o'clock", "２026-11-23T16:04:52Z",
        ])
    func noTimes(text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    @Test("lengths of time add, scale and round as expected")
    func lengths() {
        #expect(Timestamp(milliseconds: 5) + .seconds(1.5) == Timestamp(milliseconds: 1505))
        #expect(Timestamp(milliseconds: 5) - Timestamp(milliseconds: 1505) == Seconds(-1.5))
        #expect(Seconds.minutes(2) + .hours(1) == Seconds(3720))
        #expect(Seconds.minutes(3) * 1.5 == .seconds(270))
        #expect(Seconds(milliseconds: 119_999).wholeMinutes == 1)
        #expect(Seconds(milliseconds: -1).wholeMinutes == -1)
    }
}
