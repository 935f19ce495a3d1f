using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sallyport.Hosting.Configuration;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;

namespace Sallyport.CertificateManager.Trust;

/// <summary>What somebody wants to be trusted from now on.</summary>
/// <param name="Roots">New roots.</param>
/// <param name="Lists">Revocation lists.</param>
internal sealed record TrustRequest(ImmutableArray<OfferedRoot> Roots, ImmutableArray<RevocationList> Lists)
{
    private const int MostItems = 16;
    private const int LongestItem = 128 * 1024;
    private const int LongestDigest = 95;

    /// <summary>Reads the payload of a call.</summary>
    /// <param name="payload">JSON.</param>
    /// <param name="refusal">What is wrong with it.</param>
    /// <returns>Null if it was refused.</returns>
    public static TrustRequest? Read(ReadOnlyMemory<byte> payload, out string refusal) => MethodPayload.Read(payload, Read, out refusal);

    private static TrustRequest Read(DesiredReader root)
    {
        var roots = ImmutableArray.CreateBuilder<OfferedRoot>();
        var lists = ImmutableArray.CreateBuilder<RevocationList>();
        if (root.IsObjectOf("roots", "crls"))
        {
            if (!root["roots"].Exists && !root["crls"].Exists)
            {
                root.Refuse("It has neither roots nor crls.");
            }

            foreach (DesiredReader item in root["roots"].Exists ? root["roots"].Items(MostItems) : [])
            {
                ReadRoot(item, roots);
            }

            foreach (DesiredReader item in root["crls"].Exists ? root["crls"].Items(MostItems) : [])
            {
                ReadList(item, lists);
            }
        }

        return new TrustRequest(roots.ToImmutable(), lists.ToImmutable());
    }

    private static void ReadRoot(DesiredReader item, ImmutableArray<OfferedRoot>.Builder into)
    {
        if (!item.IsObjectOf("certificate", "confirm"))
        {
            return;
        }

        string? confirm = "";
        var isConfirmRead = !item["confirm"].Exists || item["confirm"].TryText(LongestDigest, out confirm);
        if (!TryBytes(item["certificate"], out byte[] bytes) || !isConfirmRead)
        {
            return;
        }

        var read = new X509Certificate2Collection();
        if (CertificateFile.TryDecode(bytes, read) && read.Count == 1)
        {
            into.Add(new OfferedRoot(read[0], confirm!.Replace(":", "", StringComparison.Ordinal)));
        }
        else
        {
            item["certificate"].Refuse("It is not one certificate, as PEM or as DER in Base64.");
        }
    }

    private static void ReadList(DesiredReader item, ImmutableArray<RevocationList>.Builder into)
    {
        if (!TryBytes(item, out byte[] bytes))
        {
            return;
        }

        if (RevocationList.TryRead(bytes, out RevocationList? list, out var reason))
        {
            into.Add(list);
        }
        else
        {
            item.Refuse(reason);
        }
    }

    // PEM as it is, or DER in Base64.
    private static bool TryBytes(DesiredReader item, out byte[] bytes)
    {
        bytes = [];
        if (!item.TryText(LongestItem, out var text))
        {
            return false;
        }

        if (text.StartsWith("-----", StringComparison.Ordinal))
        {
            bytes = Encoding.Latin1.GetBytes(text);
            return true;
        }

        byte[] decoded = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, decoded, out var length))
        {
            item.Refuse("It is neither PEM nor Base64.");
            return false;
        }

        bytes = decoded[..length];
        return true;
    }
}
