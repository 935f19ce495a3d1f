using System.CommandLine;
using Sallyport.Ctl.Batch;
using Sallyport.Ctl.Eip;
using Sallyport.Ctl.Firewall;
using Sallyport.Ctl.Manifests;
using Sallyport.Ctl.Modbus;
using Sallyport.Ctl.Pki;
using Sallyport.Ctl.Posture;
using Sallyport.Ctl.Provision;
using Sallyport.Ctl.Ring;
using Sallyport.Ctl.Status;

namespace Sallyport.Ctl;

/// <summary>The command as a whole: a noun per protocol or thing, a verb per deed.</summary>
internal static class CommandTree
{
    /// <summary>One JSON document on standard output rather than text; every verb has it.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "One JSON document on standard output; what is for people goes to standard error.",
        Recursive = true,
    };

    /// <summary>Builds the tree.</summary>
    public static RootCommand Build(Surroundings surroundings)
    {
        var root = new RootCommand(
            """
            Looks at devices, configurations, batches and rings of a Sallyport gateway, keeps a plant's own certificates, builds and judges deployment manifests, makes the rules of
            firewalls and compares them with what is loaded, and judges how a host is hardened. It reads, and cannot write to a device; "ring wipe" destroys a file, "provision test"
            registers a device.

            Exit code: 0 everything is well; 1 the device, the plan or the batches have problems; 2 the command line is wrong or a file cannot be read.
            """);
        root.Options.Add(Json);
        root.Subcommands.Add(BatchNoun.Build(surroundings));
        root.Subcommands.Add(EipNoun.Build(surroundings));
        root.Subcommands.Add(FirewallNoun.Build(surroundings));
        root.Subcommands.Add(ManifestNoun.Build(surroundings));
        root.Subcommands.Add(ModbusNoun.Build(surroundings));
        root.Subcommands.Add(PkiNoun.Build(surroundings));
        root.Subcommands.Add(PostureNoun.Build(surroundings));
        root.Subcommands.Add(ProvisionNoun.Build(surroundings));
        root.Subcommands.Add(RingNoun.Build(surroundings));
        root.Subcommands.Add(new StatusVerb(surroundings).Build());
        return root;
    }
}
