using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;
using Sallyport.TestKit;

namespace Sallyport.SealedRing.Tests;

/// <summary>The example of docs/formats/batch.md, byte by byte.</summary>
public sealed partial class BatchDocumentTests
{
    private static readonly string Document = File.ReadAllText(RepositoryRoot.Combine("docs", "formats", "batch.md"));

    private static readonly BatchFields Fields = new(
        KeyId: Identity("sp-kid"),
        Buffer: Identity("sp-buffer"),
        new Epoch(3, UInt128.Parse("e0e1e2e3e4e5e6e7e8e9eaebecedeeef", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), 40),
        Page: 42,
        FirstSeq: 140,
        Count: 1,
        Lost: 20,
        Content: 1,
        Mark: 0,
        PageTraits.Gap | PageTraits.Compressed);

    private static byte[] Body => Encoding.UTF8.GetBytes(BodyLine().Match(Document).Value);

    private static byte[] Previous => Convert.FromHexString(Property("sp-prev"));

    [Fact]
    public void The_bytes_that_are_sealed_are_those_of_the_table()
    {
        byte[] written = new byte[192];
        int length = Fields.Write(Previous, Body, written);
        int at = 0;
        foreach (Match row in FieldRow().Matches(Document[..Document.IndexOf("## Checkpoints", StringComparison.Ordinal)]))
        {
            int size = int.Parse(row.Groups["size"].Value, CultureInfo.InvariantCulture);
            Assert.Equal(at, int.Parse(row.Groups["offset"].Value, CultureInfo.InvariantCulture));
            Assert.Equal(row.Groups["hex"].Value, Convert.ToHexStringLower(written.AsSpan(at, size)));
            at += size;
        }

        Assert.Equal(length, at);
        Assert.Equal(177, length);
    }

    [Fact]
    public void The_keys_and_the_seal_are_those_of_the_example()
    {
        using SecretKey first = SecretKey.Copy(Convert.FromHexString(Key("root of epoch 1, which came with the announcement")));
        Assert.Equal(Fields.KeyId, MacChain.KeyIdOf(first));
        using SecretKey second = MacChain.NextRoot(first);
        using SecretKey third = MacChain.NextRoot(second);
        Assert.Equal(Key("root of epoch 3"), Convert.ToHexStringLower(third.Bytes));
        using SecretKey key = RingKeys.FirstOfChain(third, Fields.Buffer, Fields.Epoch.Number, Fields.Epoch.Id);
        Assert.Equal(Key("key of page 40, the first of epoch 3"), Convert.ToHexStringLower(key.Bytes));
        using MacChain chain = MacChain.Of(third, Fields.Buffer, Fields.Epoch);
        chain.Skip();
        chain.Skip();
        Assert.Equal(Property("sp-mac"), Convert.ToHexStringLower(chain.Seal(Fields, Previous, Body).AsSpan()));
        byte[] mac = new byte[BatchFields.MacSize];
        Fields.Seal(Convert.FromHexString(Key("key of page 42")), Previous, Body, mac);
        Assert.Equal(Property("sp-mac"), Convert.ToHexStringLower(mac));
        Assert.Equal(Property("sp-epoch"), Fields.Epoch.ToString());
    }

    [Fact]
    public void The_bytes_that_the_device_signs_are_those_of_the_table()
    {
        var checkpoint = new Checkpoint(Fields, [.. Convert.FromHexString(Property("sp-mac"))], TestRing.Noon.Wall.ToUnixTimeMilliseconds());
        byte[] written = new byte[Checkpoint.Size];
        checkpoint.Write(written);
        int at = 0;
        foreach (Match row in FieldRow().Matches(Document[Document.IndexOf("## Checkpoints", StringComparison.Ordinal)..]))
        {
            int size = int.Parse(row.Groups["size"].Value, CultureInfo.InvariantCulture);
            Assert.Equal(at, int.Parse(row.Groups["offset"].Value, CultureInfo.InvariantCulture));
            Assert.Equal(row.Groups["hex"].Value, Convert.ToHexStringLower(written.AsSpan(at, size)));
            at += size;
        }

        Assert.Equal(Checkpoint.Size, at);
    }

    private static UInt128 Identity(string property) => UInt128.Parse(Property(property)[..32], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static string Property(string name) => Document.Split('\n').Single(line => line.StartsWith($"{name}: ", StringComparison.Ordinal))[(name.Length + 2)..];

    private static string Key(string name) => Document.Split('\n').Single(line => line.StartsWith($"| {name} |", StringComparison.Ordinal)).Split('`')[1];

    [GeneratedRegex("^\\| (?<offset>\\d+) \\| (?<size>\\d+) \\|.*\\| `(?<hex>[0-9a-f]+)` \\|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FieldRow();

    [GeneratedRegex("^\\{\"schema\":\"sallyport.batch/1\".*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BodyLine();
}
