using System.Text.Json;

namespace Sallyport.EtherNetIp.Tests;

/// <summary>Public captures, in which our parsers find what an independent dissector finds.</summary>
public sealed class CaptureTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Captures");

    public static TheoryData<string> Files
    {
        get
        {
            using JsonDocument all = Expectations();
            return [.. all.RootElement.EnumerateArray().Select(one => one.GetProperty("file").GetString()!)];
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_frame_of_a_public_capture_is_decoded_and_the_counts_are_those_of_the_dissector(string file)
    {
        var streams = new CapturedStreams();
        foreach (ReadOnlyMemory<byte> packet in CaptureFile.Packets(Path.Combine(Folder, file)))
        {
            streams.Add(packet.Span);
        }

        var counts = new CaptureCounts();
        foreach ((bool isToServer, Encapsulation.EncapsulationHeader header, byte[] body) in streams.Frames)
        {
            counts.Add(isToServer, header, body);
        }

        using JsonDocument all = Expectations();
        JsonElement expected = all.RootElement.EnumerateArray().Single(one => one.GetProperty("file").ValueEquals(file));
        Assert.Equal(0, streams.BrokenBytes);
        Assert.Equal(0, counts.Undecoded);
        Assert.Equal(Counts(expected, "commandsToServer"), counts.CommandsToServer);
        Assert.Equal(Counts(expected, "commandsFromServer"), counts.CommandsFromServer);
        Assert.Equal(Counts(expected, "requests"), counts.Requests);
        Assert.Equal(Counts(expected, "responses"), counts.Responses);

        // A message is refused as a whole: each one that writes must be, wherever in it the write is.
        Assert.InRange(counts.RefusedByGuard, Counts(expected, "writes").Count == 0 ? 0 : 1, int.MaxValue);
    }

    private static SortedDictionary<string, int> Counts(JsonElement of, string property) =>
        new(of.GetProperty(property).EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetInt32(), StringComparer.Ordinal), StringComparer.Ordinal);

    private static JsonDocument Expectations() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "counts.json")));
}
