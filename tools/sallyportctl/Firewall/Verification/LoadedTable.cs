using System.Collections.Immutable;
using Sallyport.Ctl.Firewall.Planning;
using Sallyport.Ctl.Firewall.Rules;
using Sallyport.Ctl.Posture.Collect;

namespace Sallyport.Ctl.Firewall.Verification;

/// <summary>Asks nft what is loaded, and what it would be if the plan were: the same nft and the same kernel answer both, in words of their own.</summary>
/// <param name="run">Asks a program of the host.</param>
/// <param name="rules">Whose rules.</param>
internal sealed class LoadedTable(Func<string, string[], CancellationToken, Task<ProgramOutcome>> run, RuleSet rules)
{
    private const string LoadElsewhere = "PATH=/usr/sbin:/usr/bin:/sbin:/bin; nft -f \"$1\" && exec nft -s list table inet \"$2\"";

    /// <summary>Compares.</summary>
    /// <exception cref="WrongUsageException">Nobody here can tell.</exception>
    public async Task<TableVerdict> CompareAsync(FlowPlan plan, CancellationToken stop)
    {
        string tables = await AskAsync("nft", ["list", "tables"], stop);
        ImmutableArray<string> others =
        [
            .. tables.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("table ", StringComparison.Ordinal)).Select(line => line["table ".Length..])
                .Where(name => !string.Equals(name, $"inet {rules.Table}", StringComparison.Ordinal)),
        ];
        if (!tables.Split('\n').Contains($"table inet {rules.Table}", StringComparer.Ordinal))
        {
            return new(rules.Table, IsLoaded: false, [], TableCounts.None, others);
        }

        TableListing planned = TableListing.Parse(await PlannedAsync(plan, stop), RuleSet.DeniedSet);
        TableListing loaded = TableListing.Parse(await AskAsync("nft", ["-s", "list", "table", "inet", rules.Table], stop), RuleSet.DeniedSet);
        TableCounts counts = TableCounts.Read(await AskAsync("nft", ["-j", "list", "table", "inet", rules.Table], stop), RuleSet.DeniedSet);
        return new(rules.Table, IsLoaded: true, TableComparison.Of(planned, loaded), counts, others);
    }

    /// <summary>Loads the plan into a network of its own, which ends with the program that is asked.</summary>
    private async Task<string> PlannedAsync(FlowPlan plan, CancellationToken stop)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, rules.Text(plan), stop);
            return await AskAsync("unshare", ["--net", "--", "/bin/sh", "-c", LoadElsewhere, "sh", file, rules.Table], stop);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<string> AskAsync(string program, string[] arguments, CancellationToken stop) => await run(program, arguments, stop) switch
    {
        ProgramOutcome.Said said => said.Output,
        ProgramOutcome.Failed failed => throw new WrongUsageException($"{failed.Reason} The rules are seen by root alone."),
        _ => throw new WrongUsageException($"The host has no program {program}: install nftables and util-linux."),
    };
}
