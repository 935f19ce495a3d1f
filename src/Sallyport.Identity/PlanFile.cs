using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Identity;

/// <summary>The bytes of a stored plan: <c>"SPPLAN01" | version int64 | document | MAC 32</c>, big-endian.</summary>
/// <remarks>The MAC covers a domain tag, the module id, the version and the SHA-256 of the document, so that what goes to the workload API
/// stays small. The NUL in the tag keeps it apart from everything that a SAS token's signature could cover.</remarks>
internal static class PlanFile
{
    private const int MacSizeInBytes = 32;
    private const int VersionOffset = 8;
    private const int DocumentOffset = 16;

    public const int OverheadInBytes = DocumentOffset + MacSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "SPPLAN01"u8;

    private static ReadOnlySpan<byte> DomainTag => "sallyport.plan/1\0"u8;

    public static byte[] Write(StoredPlan plan, ReadOnlySpan<byte> mac)
    {
        byte[] file = new byte[OverheadInBytes + plan.Desired.Length];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteInt64BigEndian(file.AsSpan(VersionOffset), plan.Version);
        plan.Desired.Span.CopyTo(file.AsSpan(DocumentOffset));
        mac.CopyTo(file.AsSpan(file.Length - MacSizeInBytes));
        return file;
    }

    /// <summary>Takes a file apart. Nothing in it is believed before the MAC was checked.</summary>
    /// <returns>False if it is too short or of another kind.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> file, out StoredPlan plan, out ReadOnlyMemory<byte> mac)
    {
        if (file.Length < OverheadInBytes || !file.Span.StartsWith(Magic))
        {
            (plan, mac) = (new StoredPlan(0, default), default);
            return false;
        }

        long version = BinaryPrimitives.ReadInt64BigEndian(file.Span[VersionOffset..]);
        plan = new StoredPlan(version, file[DocumentOffset..^MacSizeInBytes]);
        mac = file[^MacSizeInBytes..];
        return true;
    }

    public static byte[] BytesToSign(string moduleId, StoredPlan plan)
    {
        byte[] id = Encoding.UTF8.GetBytes(moduleId);
        byte[] signed = new byte[DomainTag.Length + sizeof(int) + id.Length + sizeof(long) + SHA256.HashSizeInBytes];
        Span<byte> rest = signed;
        DomainTag.CopyTo(rest);
        rest = rest[DomainTag.Length..];
        BinaryPrimitives.WriteInt32BigEndian(rest, id.Length);
        id.CopyTo(rest[sizeof(int)..]);
        rest = rest[(sizeof(int) + id.Length)..];
        BinaryPrimitives.WriteInt64BigEndian(rest, plan.Version);
        SHA256.HashData(plan.Desired.Span, rest[sizeof(long)..]);
        return signed;
    }
}
