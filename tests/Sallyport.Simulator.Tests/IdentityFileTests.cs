namespace Sallyport.Simulator.Tests;

public sealed class IdentityFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Identities_stay_from_run_to_run_and_only_their_owner_reads_them()
    {
        var path = Path.Combine(_folder, "identities.json");
        Assert.Empty(new IdentityFile(path).Read());
        new IdentityFile(path).Write([new(new("edge-1", "Reader"), "638", new byte[] { 1, 2 }, new byte[] { 3 })]);

        var kept = new IdentityFile(path).Read()["edge-1/Reader"].For(new("edge-1", "Reader"));
        Assert.Equal("638", kept.GenerationId);
        Assert.Equal([1, 2], kept.PrimaryKey.ToArray());
        Assert.Equal([3], kept.SecondaryKey.ToArray());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }
}
