using Sallyport.SealedRing.Placing;

namespace Sallyport.RingWriter;

/// <summary>Opens a ring in its place and says what came of it: for another user, or while somebody else has it.</summary>
internal static class Placement
{
    private const int Bytes = 512 * 1024;

    public static async Task<int> RunAsync(string path, TextWriter output)
    {
        var folder = new RingFolder(AppendingWriter.Options, [AppendingWriter.Wrapper], TimeProvider.System);
        RingPlacement placement = await folder.OpenAsync(path, Bytes, snapshotBlocks: 5, CancellationToken.None);
        await output.WriteLineAsync(placement switch
        {
            RingPlacement.Opened opened => $"opened {opened.Medium} {opened.Bytes} {opened.Opening.Origin}",
            RingPlacement.InUse inUse => $"in use {inUse.Advice}",
            RingPlacement.Unusable unusable => $"unusable {unusable.Advice}",
            _ => placement.ToString(),
        });
        return 0;
    }
}
