using Sallyport.Hosting.Configuration;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.ModbusReader.Methods;

/// <summary>One piece of a points file.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Offset">Where the piece begins, in bytes.</param>
/// <param name="Data">The piece; empty to ask how far the file has come.</param>
/// <param name="Size">Size of the whole file, in bytes.</param>
/// <param name="Sha256">Digest of the whole file, in lower case.</param>
internal sealed record ImportRequest(string Name, int Offset, ReadOnlyMemory<byte> Data, int Size, string Sha256)
{
    private const int MaxDataLength = 128 * 1024;

    /// <summary>Reads the payload of a call.</summary>
    /// <param name="payload">JSON.</param>
    /// <param name="refusal">What is wrong with it.</param>
    /// <returns>Null if it was refused.</returns>
    public static ImportRequest? Read(ReadOnlyMemory<byte> payload, out string refusal) => MethodPayload.Read(payload, Read, out refusal);

    private static ImportRequest? Read(DesiredReader root)
    {
        if (!root.IsObjectOf("name", "offset", "data", "size", "sha256"))
        {
            return null;
        }

        bool isGood = TryName(root["name"], out string? name)
            & root["size"].TryInteger(1, PointTableReader.MaxSizeInBytes, out int size)
            & root["offset"].TryInteger(0, PointTableReader.MaxSizeInBytes, out int offset)
            & TryData(root["data"], out byte[] data)
            & Sha256Text.TryRead(root["sha256"], out string? sha256);
        if (isGood && size - offset < data.Length)
        {
            root["data"].Refuse("It reaches beyond the size of the file.");
        }

        return isGood ? new ImportRequest(name!, offset, data, size, sha256!) : null;
    }

    private static bool TryName(DesiredReader entry, out string? name)
    {
        if (entry.TryText(PointsFileName.MaxLength, out name) && !PointsFileName.IsValid(name))
        {
            entry.Refuse($"{PointsFileName.Rule}.");
            return false;
        }

        return name is not null;
    }

    private static bool TryData(DesiredReader entry, out byte[] data)
    {
        data = [];
        if (!entry.Exists)
        {
            return true;
        }

        if (!entry.TryText(MaxDataLength, out string? text))
        {
            return false;
        }

        byte[] decoded = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, decoded, out int length))
        {
            entry.Refuse("It is not Base64.");
            return false;
        }

        data = decoded[..length];
        return true;
    }
}
