using System.CommandLine;

namespace Sallyport.Ctl.Pki;

/// <summary>Where revocation lists are served; stands in every certificate, and cannot be changed later.</summary>
internal static class ListAddress
{
    /// <summary>The option.</summary>
    public static Option<string?> NewOption(string description) => new("--crl-url") { Description = description, HelpName = "url" };

    /// <summary>The option where the certificates that are signed need it: our own links refuse a certificate without an address.</summary>
    public static Option<string?> NewRequired(string description)
    {
        Option<string?> option = NewOption(description);
        option.Required = true;
        return option;
    }

    /// <summary>What it says; null for no list.</summary>
    /// <exception cref="WrongUsageException">It is no address that lists can be fetched from.</exception>
    public static Uri? Of(string? text) =>
        text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && string.Equals(uri.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) ? uri
        : throw new WrongUsageException($"--crl-url {text}: it takes an address that begins with http://. A list is signed; fetching it over https would need a certificate that has a list itself.");
}
