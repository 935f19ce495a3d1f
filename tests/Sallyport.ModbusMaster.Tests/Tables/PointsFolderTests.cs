using Sallyport.ModbusMaster.Tables;

namespace Sallyport.ModbusMaster.Tests.Tables;

public sealed class PointsFolderTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("sallyport-points-");
    private readonly PointsFolder _folder;

    public PointsFolderTests() => _folder = new PointsFolder(Path.Combine(_data.FullName, PointsFolder.Name));

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public void A_file_is_read_as_a_whole()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullPath, "plant"));
        File.WriteAllText(Path.Combine(_folder.FullPath, "plant", "points.csv"), "device,name\n");
        Assert.Equal("device,name\n"u8.ToArray(), Assert.IsType<PointsFileLoad.Loaded>(_folder.Read("plant/points.csv")).Content.ToArray());
    }

    [Fact]
    public void What_is_not_there_is_told_with_the_way_to_bring_it() => Assert.Equal(
        "There is no file points.csv in the module's folder points: bring it there with the direct method importConfig.", Refusal("points.csv"));

    [Fact]
    public void A_folder_is_not_a_file()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullPath, "points.csv"));
        Assert.StartsWith("points.csv cannot be read: ", Refusal("points.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_not_followed_neither_of_a_file_nor_of_a_folder()
    {
        string outside = Path.Combine(_data.FullName, "outside");
        Directory.CreateDirectory(outside);
        Directory.CreateDirectory(_folder.FullPath);
        File.WriteAllText(Path.Combine(outside, "points.csv"), "device,name\n");
        File.CreateSymbolicLink(Path.Combine(_folder.FullPath, "points.csv"), Path.Combine(outside, "points.csv"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullPath, "plant"), outside);
        Assert.StartsWith("points.csv is a link", Refusal("points.csv"), StringComparison.Ordinal);
        Assert.StartsWith("plant/points.csv is a link, or lies behind one", Refusal("plant/points.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_beyond_the_limit_is_not_read()
    {
        Directory.CreateDirectory(_folder.FullPath);
        using (FileStream stream = File.Create(Path.Combine(_folder.FullPath, "points.csv")))
        {
            stream.SetLength(PointTableReader.MaxSizeInBytes + 1L);
        }

        Assert.Equal("points.csv has 16777217 bytes; at most 16777216 are possible.", Refusal("points.csv"));
    }

    private string Refusal(string path) => Assert.IsType<PointsFileLoad.Refused>(_folder.Read(path)).Reason;
}
