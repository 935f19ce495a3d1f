using System.Security.Cryptography;
using System.Text;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.ModbusMaster.Tests.Tables;

/// <summary>Points files without a disk.</summary>
internal sealed class MemoryPointsFiles : IPointsFiles
{
    public Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public string? InUse { get; private set; }

    /// <summary>Puts a file there.</summary>
    /// <returns>What the desired properties say of it.</returns>
    public string Put(string path, string content)
    {
        Files[path] = Encoding.UTF8.GetBytes(content);
        return Reference(path, content);
    }

    public static string Reference(string path, string content) =>
        $$"""{"path":"{{path}}","sha256":"{{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}}"}""";

    public PointsFileLoad Read(string path) =>
        Files.TryGetValue(path, out byte[]? content) ? new PointsFileLoad.Loaded(content) : new PointsFileLoad.Refused($"There is no file {path}.");

    public void Use(string? sha256) => InUse = sha256;
}
