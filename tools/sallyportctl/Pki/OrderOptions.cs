using System.CommandLine;
using System.Net;
using Sallyport.Identity.Issuing;

namespace Sallyport.Ctl.Pki;

/// <summary>The arguments that say what is to be in a certificate.</summary>
internal sealed class OrderOptions
{
    private static readonly string Profiles = string.Join(", ", CertificateProfile.All.Select(profile => profile.Name));

    private readonly Option<string> _profile = new("--profile") { Description = $"What kind of certificate: {Profiles}.", HelpName = "word", Required = true };
    private readonly Option<string> _name = new("--name") { Description = "The common name; of a device its registration id.", HelpName = "name", Required = true };
    private readonly Option<string[]> _dns = new("--dns") { Description = "A DNS name that is dialled; may be given several times.", HelpName = "name" };
    private readonly Option<string[]> _address = new("--ip") { Description = "An IP address that is dialled; may be given several times.", HelpName = "address" };
    private readonly Option<string[]> _uri = new("--uri") { Description = "A URI, such as an OPC UA application's.", HelpName = "uri" };
    private readonly Option<string?> _organisation = new("--organisation") { Description = "The organisation in the subject.", HelpName = "name" };
    private readonly Option<double?> _days = new("--days") { Description = "Days of life; the longest that the profile allows if left out.", HelpName = "number" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_profile, _name, _dns, _address, _uri, _organisation, _days])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>The order.</summary>
    /// <exception cref="WrongUsageException">It is faulty.</exception>
    public IssueOrder Read(ParseResult parsed)
    {
        string word = parsed.GetRequiredValue(_profile);
        if (!CertificateProfile.TryFind(word, out CertificateProfile? profile))
        {
            throw new WrongUsageException($"--profile {word}: there is no such profile. There are {Profiles}.");
        }

        var order = new IssueOrder(profile, parsed.GetRequiredValue(_name), LifeOf(parsed.GetValue(_days), profile))
        {
            Organisation = parsed.GetValue(_organisation) ?? "",
            DnsNames = [.. parsed.GetValue(_dns) ?? []],
            Addresses = [.. (parsed.GetValue(_address) ?? []).Select(AddressOf)],
            Uris = [.. parsed.GetValue(_uri) ?? []],
        };
        return order.FindFault() is { } fault ? throw new WrongUsageException(fault) : order;
    }

    private static TimeSpan LifeOf(double? days, CertificateProfile profile) =>
        days is null ? profile.LongestLife
        : days.Value is > 0 and < 36500 ? TimeSpan.FromDays(days.Value)
        : throw new WrongUsageException($"--days {days.Value}: it takes a positive number of days.");

    private static IPAddress AddressOf(string text) =>
        IPAddress.TryParse(text, out IPAddress? address) ? address : throw new WrongUsageException($"--ip {text}: it is no IP address.");
}
