using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Revocation;

/// <summary>Reads the DER of a CertificateList (RFC 5280, 5.1). Strict: what is not understood to the last byte is no list.</summary>
internal static class RevocationListReader
{
    private const string CrlNumber = "2.5.29.20";
    private const string ReasonCode = "2.5.29.21";
    private const string InvalidityDate = "2.5.29.24";
    private const string DeltaIndicator = "2.5.29.27";
    private const string IssuingDistributionPoint = "2.5.29.28";
    private const string CertificateIssuer = "2.5.29.29";
    private const string AuthorityKeyIdentifier = "2.5.29.35";
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Reads a list, or says in one sentence why not.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out RevocationList? list, out string reason)
    {
        list = null;
        try
        {
            list = Read(der);
            reason = "";
            return true;
        }
        catch (UnsupportedListException e)
        {
            reason = e.Message;
        }
        catch (AsnContentException)
        {
            reason = "It is no revocation list in DER.";
        }

        return false;
    }

    private static RevocationList Read(ReadOnlyMemory<byte> der)
    {
        var file = new AsnReader(der, AsnEncodingRules.DER);
        AsnReader whole = file.ReadSequence();
        file.ThrowIfNotEmpty();
        ReadOnlyMemory<byte> signed = whole.PeekEncodedValue();
        AsnReader body = whole.ReadSequence();
        ReadOnlyMemory<byte> algorithm = whole.ReadEncodedValue();
        byte[] signature = whole.ReadBitString(out int unused);
        whole.ThrowIfNotEmpty();
        if (body.PeekTag() != Asn1Tag.Integer || body.ReadInteger() != BigInteger.One)
        {
            throw new UnsupportedListException("It is of version 1, which has no CRL number.");
        }

        if (unused != 0 || !body.ReadEncodedValue().Span.SequenceEqual(algorithm.Span))
        {
            throw new UnsupportedListException("It names two signature algorithms.");
        }

        ReadOnlyMemory<byte> issuer = body.ReadEncodedValue();
        DateTimeOffset thisUpdate = ReadTime(body);
        if (!body.HasData || !IsTime(body.PeekTag()))
        {
            throw new UnsupportedListException("It does not say when the next one is due.");
        }

        DateTimeOffset nextUpdate = ReadTime(body);
        Dictionary<string, RevokedEntry> entries = body.HasData && body.PeekTag() == Asn1Tag.Sequence ? ReadEntries(body.ReadSequence()) : [];
        (BigInteger number, ReadOnlyMemory<byte> key) = ReadExtensions(body);
        return new RevocationList(entries)
        {
            RawData = der,
            Number = number,
            ThisUpdate = thisUpdate,
            NextUpdate = nextUpdate,
            Signed = signed,
            IssuerName = issuer,
            KeyIdentifier = key,
            Algorithm = new AsnReader(algorithm, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier(),
            Signature = signature,
        };
    }

    private static Dictionary<string, RevokedEntry> ReadEntries(AsnReader list)
    {
        var entries = new Dictionary<string, RevokedEntry>(StringComparer.Ordinal);
        while (list.HasData)
        {
            AsnReader entry = list.ReadSequence();
            string serial = RevocationList.KeyOf(entry.ReadIntegerBytes().Span);
            DateTimeOffset at = ReadTime(entry);
            X509RevocationReason reason = entry.HasData ? ReadEntryReason(entry.ReadSequence()) : X509RevocationReason.Unspecified;
            entry.ThrowIfNotEmpty();
            if (!entries.TryAdd(serial, new RevokedEntry(at, reason)))
            {
                throw new UnsupportedListException("A certificate is on it twice.");
            }
        }

        return entries;
    }

    private static X509RevocationReason ReadEntryReason(AsnReader extensions)
    {
        var reason = X509RevocationReason.Unspecified;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (extensions.HasData)
        {
            (string name, bool isCritical, byte[] value) = ReadExtension(extensions, seen);
            switch (name)
            {
                case ReasonCode:
                    var reader = new AsnReader(value, AsnEncodingRules.DER);
                    ReadOnlySpan<byte> code = reader.ReadEnumeratedBytes().Span;
                    reader.ThrowIfNotEmpty();
                    reason = code.Length == 1 ? (X509RevocationReason)code[0] : throw new AsnContentException();
                    break;
                case CertificateIssuer:
                    throw new UnsupportedListException("It is indirect: it lists certificates of other authorities.");
                case InvalidityDate:
                    break;
                default:
                    ThrowIf(isCritical, name);
                    break;
            }
        }

        return reason;
    }

    private static (BigInteger Number, ReadOnlyMemory<byte> Key) ReadExtensions(AsnReader body)
    {
        BigInteger? number = null;
        ReadOnlyMemory<byte> key = default;
        if (body.HasData)
        {
            AsnReader tagged = body.ReadSequence(ExtensionsTag);
            AsnReader extensions = tagged.ReadSequence();
            tagged.ThrowIfNotEmpty();
            body.ThrowIfNotEmpty();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (extensions.HasData)
            {
                (string name, bool isCritical, byte[] value) = ReadExtension(extensions, seen);
                switch (name)
                {
                    case CrlNumber:
                        var reader = new AsnReader(value, AsnEncodingRules.DER);
                        number = reader.ReadInteger();
                        reader.ThrowIfNotEmpty();
                        break;
                    case AuthorityKeyIdentifier:
                        key = ReadKeyIdentifier(value);
                        break;
                    case DeltaIndicator:
                        throw new UnsupportedListException("It is a delta to another list.");
                    case IssuingDistributionPoint:
                        throw new UnsupportedListException("It is indirect or covers only a part of the certificates.");
                    default:
                        ThrowIf(isCritical, name);
                        break;
                }
            }
        }

        return number is { Sign: >= 0 } known ? (known, key) : throw new UnsupportedListException("It has no CRL number.");
    }

    private static ReadOnlyMemory<byte> ReadKeyIdentifier(byte[] value)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0);
        AsnReader fields = new AsnReader(value, AsnEncodingRules.DER).ReadSequence();
        return fields.HasData && fields.PeekTag() == tag ? fields.ReadOctetString(tag) : default(ReadOnlyMemory<byte>);
    }

    private static (string Name, bool IsCritical, byte[] Value) ReadExtension(AsnReader extensions, HashSet<string> seen)
    {
        AsnReader extension = extensions.ReadSequence();
        string name = extension.ReadObjectIdentifier();
        bool isCritical = extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
        byte[] value = extension.ReadOctetString();
        extension.ThrowIfNotEmpty();
        return seen.Add(name) ? (name, isCritical, value) : throw new UnsupportedListException($"Extension {name} appears twice.");
    }

    private static void ThrowIf(bool isCritical, string name)
    {
        if (isCritical)
        {
            throw new UnsupportedListException($"Extension {name} is critical and unknown here.");
        }
    }

    private static bool IsTime(Asn1Tag tag) => tag == Asn1Tag.UtcTime || tag == Asn1Tag.GeneralizedTime;

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag() == Asn1Tag.UtcTime ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    /// <summary>Carries the reason out of the depth of the reader, and no further.</summary>
    [SuppressMessage("Design", "CA1064", Justification = "It never leaves this class.")]
    private sealed class UnsupportedListException(string message) : Exception(message);
}
