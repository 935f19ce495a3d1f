using System.Collections.Immutable;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>Devices, modules and credentials: one row each, with shape, word and reason.</summary>
internal static class PartTables
{
    private const int BytesInMebibyte = 1024 * 1024;

    public static void AddDevices(Markup page, ImmutableArray<FieldDeviceStatus> devices, DateTimeOffset now)
    {
        page.Add($"""<section id="devices" aria-labelledby="devices-title"><h2 id="devices-title">Devices</h2>""");
        if (devices.IsEmpty)
        {
            page.Add($"""<p class="none">No reader has told of any.</p></section>""");
            return;
        }

        page.Add($"""<table><thead><tr><th scope="col">Device</th><th scope="col">State</th><th scope="col">For</th></tr></thead><tbody>""");
        foreach (FieldDeviceStatus device in devices)
        {
            AddRow(page, device.Source, $"read by {device.Reader}", PartStates.Of(device.State), StatusWords.Of(device.State), device.Reason, now - device.Since);
        }

        page.Add($"</tbody></table></section>");
    }

    public static void AddModules(Markup page, ImmutableArray<ModuleStatus> modules, DateTimeOffset now)
    {
        page.Add($"""<section id="modules" aria-labelledby="modules-title"><h2 id="modules-title">Modules</h2>""");
        if (modules.IsEmpty)
        {
            page.Add($"""<p class="none">None was looked at yet.</p></section>""");
            return;
        }

        page.Add($"""<table><thead><tr><th scope="col">Module</th><th scope="col">State</th><th scope="col">For</th></tr></thead><tbody>""");
        foreach (ModuleStatus module in modules)
        {
            AddRow(page, module.Name, Details(module), PartStates.Of(module.Condition), StatusWords.Of(module.Condition), module.Reason, now - module.Since);
        }

        page.Add($"</tbody></table></section>");
    }

    public static void AddCredentials(Markup page, ImmutableArray<CredentialStatus> credentials, DateTimeOffset now)
    {
        page.Add($"""<section id="credentials" aria-labelledby="credentials-title"><h2 id="credentials-title">Certificates and tokens</h2>""");
        if (credentials.IsEmpty)
        {
            page.Add($"""<p class="none">None is known yet.</p></section>""");
            return;
        }

        page.Add($"""<table><thead><tr><th scope="col">Name</th><th scope="col">State</th><th scope="col">Left</th></tr></thead><tbody>""");
        foreach (CredentialStatus credential in credentials)
        {
            PartState state = PartStates.Of(credential, now);
            var word = state switch
            {
                PartState.Broken => "ended",
                PartState.Attention => "ends soon",
                _ => "good",
            };
            AddRow(page, credential.Name, credential.Kind, state, word, $"until {StatusWords.ForPeople(credential.Ends)}", credential.Ends - now);
        }

        page.Add($"</tbody></table></section>");
    }

    private static void AddRow(Markup page, string name, string details, PartState state, string word, string reason, TimeSpan length)
    {
        page.Add($"""<tr><th scope="row">{name}<span class="details">{details}</span></th><td class="state {state}"><span class="word">""");
        page.AddShape(state);
        page.Add($"""{word}</span><span class="details">{reason}</span></td><td class="length">{length}</td></tr>""");
    }

    private static string Details(ModuleStatus module)
    {
        var starts = FormattableString.Invariant($"started {module.Starts} {(module.Starts == 1 ? "time" : "times")}");
        return module.MemoryBytes is { } bytes ? FormattableString.Invariant($"{starts}, {bytes / BytesInMebibyte} MiB") : starts;
    }
}
