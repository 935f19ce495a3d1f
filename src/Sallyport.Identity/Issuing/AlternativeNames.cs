using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Issuing;

/// <summary>The names in a subject alternative name extension (RFC 5280 section 4.2.1.6).</summary>
/// <param name="Dns">DNS names.</param>
/// <param name="Addresses">IP addresses.</param>
/// <param name="Uris">URIs.</param>
/// <param name="Others">How many names of other kinds there are; no profile of ours has any.</param>
public sealed record AlternativeNames(ImmutableArray<string> Dns, ImmutableArray<IPAddress> Addresses, ImmutableArray<string> Uris, int Others)
{
    private const string ExtensionOid = "2.5.29.17";
    private static readonly Asn1Tag DnsTag = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);
    private static readonly Asn1Tag AddressTag = new(TagClass.ContextSpecific, 7);

    /// <summary>No name at all.</summary>
    public static AlternativeNames None { get; } = new([], [], [], 0);

    /// <summary>Reads them from a certificate.</summary>
    /// <exception cref="CryptographicException">The extension cannot be decoded.</exception>
    public static AlternativeNames Of(X509Certificate2 certificate) => Read([.. certificate.Extensions]);

    /// <summary>Reads them from extensions; none if there is no such extension.</summary>
    /// <exception cref="CryptographicException">The extension cannot be decoded.</exception>
    internal static AlternativeNames Read(ImmutableArray<X509Extension> extensions)
    {
        if (extensions.FirstOrDefault(one => string.Equals(one.Oid?.Value, ExtensionOid, StringComparison.Ordinal)) is not { } extension)
        {
            return None;
        }

        try
        {
            var reader = new AsnReader(extension.RawData, AsnEncodingRules.DER);
            AsnReader names = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            return Read(names);
        }
        catch (AsnContentException e)
        {
            throw new CryptographicException("The alternative names cannot be decoded.", e);
        }
    }

    /// <summary>The extension for an order; null for no names.</summary>
    internal static X509Extension? Build(IssueOrder order)
    {
        string[] dns = [.. order.AllDnsNames];
        if (dns.Length == 0 && order.Addresses.IsEmpty && order.Uris.IsEmpty)
        {
            return null;
        }

        var builder = new SubjectAlternativeNameBuilder();
        Array.ForEach(dns, builder.AddDnsName);
        foreach (IPAddress address in order.Addresses)
        {
            builder.AddIpAddress(address);
        }

        foreach (string uri in order.Uris)
        {
            builder.AddUri(new Uri(uri, UriKind.Absolute));
        }

        return builder.Build();
    }

    private static AlternativeNames Read(AsnReader names)
    {
        ImmutableArray<string>.Builder dns = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<string>.Builder uris = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<IPAddress>.Builder addresses = ImmutableArray.CreateBuilder<IPAddress>();
        int others = 0;
        while (names.HasData)
        {
            Asn1Tag tag = names.PeekTag();
            if (tag == DnsTag)
            {
                dns.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, DnsTag));
            }
            else if (tag == UriTag)
            {
                uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, UriTag));
            }
            else if (tag == AddressTag)
            {
                byte[] bytes = names.ReadOctetString(AddressTag);
                addresses.Add(bytes.Length is 4 or 16 ? new IPAddress(bytes) : throw new CryptographicException("An address has neither 4 nor 16 bytes."));
            }
            else
            {
                names.ReadEncodedValue();
                others++;
            }
        }

        return new AlternativeNames(dns.ToImmutable(), addresses.ToImmutable(), uris.ToImmutable(), others);
    }
}
