using System.Buffers;
using Sallyport.TestKit;

namespace Sallyport.Telemetry.Tests;

/// <summary>The tools that all tests lean on.</summary>
public sealed class TestKitTests
{
    [Fact]
    public void Splits_are_the_whole_every_cut_and_single_bytes()
    {
        byte[] bytes = [1, 2, 3];
        List<ReadOnlySequence<byte>> splits = [.. Splits.Of(bytes)];

        Assert.Equal(6, splits.Count);
        Assert.All(splits, split => Assert.Equal(bytes, split.ToArray()));
        Assert.Equal(["3", "0,3", "1,2", "2,1", "3,0", "1,1,1"], splits.Select(Lengths));
        Assert.Equal([0, 1, 2], Splits.PrefixesOf(bytes).Select(prefix => prefix.Length));
        Assert.True(Splits.Join([]).IsEmpty);
    }

    [Fact]
    public void A_peer_is_found_in_the_folders_of_the_path()
    {
        var folder = Directory.CreateTempSubdirectory("sallyport-");
        try
        {
            var tool = Path.Combine(folder.FullName, "tool");
            File.WriteAllText(tool, "");

            Assert.Equal(tool, Peer.Find("tool", $"/nowhere{Path.PathSeparator}{folder.FullName}"));
            Assert.Null(Peer.Find("other", folder.FullName));
            Assert.Null(Peer.Find("tool", null));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_message_outside_of_the_formats_is_told_apart()
    {
        Assert.NotEmpty(MessageSchema.Faults("sallyport.frame/9", "{}"u8.ToArray()));
        Assert.NotEmpty(MessageSchema.Faults("../../etc/passwd", "{}"u8.ToArray()));
        Assert.NotEmpty(MessageSchema.Faults(Frame.Schema, "{"u8.ToArray()));
        Assert.NotEmpty(MessageSchema.Faults(Frame.Schema, "{}"u8.ToArray()));
        Assert.Equal(3, MessageSchema.Faults(new HubMessage { MessageId = "", Body = "{}"u8.ToArray() }).Length);
    }

    private static string Lengths(ReadOnlySequence<byte> sequence)
    {
        List<int> lengths = [];
        foreach (ReadOnlyMemory<byte> segment in sequence)
        {
            lengths.Add(segment.Length);
        }

        return string.Join(',', lengths);
    }
}
