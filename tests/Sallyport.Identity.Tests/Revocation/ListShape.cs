using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Tests.Trust;

namespace Sallyport.Identity.Tests.Revocation;

/// <summary>A revocation list written field by field, so that each can be wrong.</summary>
internal sealed record ListShape
{
    private static readonly DateTimeOffset Made = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public int Version { get; init; } = 1;

    public int? Number { get; init; } = 7;

    public DateTimeOffset? NextUpdate { get; init; } = Made.AddDays(7);

    public string InnerAlgorithm { get; init; } = "1.2.840.10045.4.3.2";

    public byte[][] Serials { get; init; } = [];

    public X509Extension[] Extensions { get; init; } = [];

    public X509Extension[] EntryExtensions { get; init; } = [];

    public byte[] Sign(PkiNode authority)
    {
        var body = new AsnWriter(AsnEncodingRules.DER);
        using (body.PushSequence())
        {
            if (Version > 0)
            {
                body.WriteInteger(Version);
            }

            WriteAlgorithm(body, InnerAlgorithm);
            body.WriteEncodedValue(authority.Certificate.SubjectName.RawData);
            body.WriteUtcTime(Made);
            if (NextUpdate is { } next)
            {
                body.WriteUtcTime(next);
            }

            WriteEntries(body);
            WriteExtensions(body);
        }

        byte[] signed = body.Encode();
        var whole = new AsnWriter(AsnEncodingRules.DER);
        using (whole.PushSequence())
        {
            whole.WriteEncodedValue(signed);
            WriteAlgorithm(whole, "1.2.840.10045.4.3.2");
            whole.WriteBitString(((ECDsa)authority.Key).SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }

        return whole.Encode();
    }

    private static void WriteAlgorithm(AsnWriter writer, string algorithm)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(algorithm);
        }
    }

    private static void Write(AsnWriter writer, X509Extension extension)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(extension.Oid!.Value!);
            if (extension.Critical)
            {
                writer.WriteBoolean(true);
            }

            writer.WriteOctetString(extension.RawData);
        }
    }

    private void WriteEntries(AsnWriter body)
    {
        if (Serials.Length == 0)
        {
            return;
        }

        using (body.PushSequence())
        {
            foreach (byte[] serial in Serials)
            {
                using (body.PushSequence())
                {
                    body.WriteInteger(serial);
                    body.WriteUtcTime(Made);
                    if (EntryExtensions.Length > 0)
                    {
                        using (body.PushSequence())
                        {
                            Array.ForEach(EntryExtensions, one => Write(body, one));
                        }
                    }
                }
            }
        }
    }

    private void WriteExtensions(AsnWriter body)
    {
        using (body.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            using (body.PushSequence())
            {
                if (Number is { } number)
                {
                    var value = new AsnWriter(AsnEncodingRules.DER);
                    value.WriteInteger(number);
                    Write(body, new X509Extension("2.5.29.20", value.Encode(), critical: false));
                }

                Array.ForEach(Extensions, one => Write(body, one));
            }
        }
    }
}
