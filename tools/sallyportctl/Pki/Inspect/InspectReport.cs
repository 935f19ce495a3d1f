using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.Identity;
using Spectre.Console;

namespace Sallyport.Ctl.Pki.Inspect;

/// <summary>What is in a chain, and what each link thinks of it.</summary>
/// <param name="chain">The judged certificate first.</param>
/// <param name="role">One sentence where no link judges it: a root, a verifier; null else.</param>
/// <param name="verdicts">Of the links; none where there is a role.</param>
/// <param name="remarks">What was not looked at.</param>
/// <param name="now">The time of judgement.</param>
internal sealed class InspectReport(
    X509Certificate2Collection chain, string? role, ImmutableArray<LinkVerdict> verdicts, ImmutableArray<string> remarks, DateTimeOffset now) : IReport
{
    private bool IsInTime => chain[0].NotBefore.ToUniversalTime() <= now.UtcDateTime && now.UtcDateTime < chain[0].NotAfter.ToUniversalTime();

    private bool IsGood => role is null ? verdicts.Any(one => one.Refusal is null) : IsInTime;

    /// <inheritdoc/>
    public ExitCode ExitCode => IsGood ? ExitCode.Good : ExitCode.Problems;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        for (int index = 0; index < chain.Count; index++)
        {
            string title = chain.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"Certificate {index + 1} of {chain.Count}");
            screen.Table(CertificateText.Table(title, chain[index], now));
            screen.Line("");
        }

        screen.Headline(Verdict(), IsGood ? Color.Green : Color.Red);
        foreach (LinkVerdict one in verdicts)
        {
            if (one.Refusal is { } refusal)
            {
                screen.Line($"Not for {one.Link.Profile} ({refusal.Fault.Code()}): {refusal.Finding}.");
                if (!IsGood)
                {
                    screen.Line($"  {refusal.Fault.Advice()}");
                }
            }
        }

        foreach (string remark in remarks)
        {
            screen.Line(remark);
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteBoolean("isGood", IsGood);
        json.WriteString("role", role);
        json.WriteStartArray("certificates");
        foreach (X509Certificate2 certificate in chain)
        {
            json.WriteStartObject();
            CertificateWords.Write(json, certificate);
            json.WriteString("key", CertificateText.KeyOf(certificate));
            Write(json, "usages", CertificateText.UsagesOf(certificate));
            Write(json, "names", CertificateText.NamesOf(certificate));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("links");
        foreach (LinkVerdict one in verdicts)
        {
            json.WriteStartObject();
            json.WriteString("link", one.Link.Word);
            json.WriteBoolean("isGood", one.Refusal is null);
            if (one.Refusal is { } refusal)
            {
                json.WriteString("fault", refusal.Fault.Code());
                json.WriteString("finding", refusal.Finding);
                json.WriteString("advice", refusal.Fault.Advice());
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, "remarks", remarks);
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> words)
    {
        json.WriteStartArray(name);
        foreach (string word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    private string Verdict()
    {
        string subject = chain[0].Subject;
        string[] good = [.. verdicts.Where(one => one.Refusal is null).Select(one => $"{one.Link.Profile} ({one.Link.Word})")];
        return role is not null ? $"{subject}: {role}{(IsInTime ? "" : " It is not in its dates.")}"
            : good.Length > 0 ? $"{subject}: good for {string.Join(", ", good)}."
            : verdicts.Length == 1 ? $"{subject}: refused."
            : $"{subject}: good for no link.";
    }
}
