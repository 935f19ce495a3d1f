using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.Hosting;

namespace Sallyport.Ctl.Eip;

/// <summary>The arguments that say which controller is meant: shared by all verbs that talk to one.</summary>
internal sealed class ControllerOptions
{
    /// <summary>The name that the controller has in plans made of a command line.</summary>
    public const string Name = "controller";

    private const string Group = "now";

    private readonly Argument<string> _host = new("host") { Description = "Where the controller, or the adapter in front of it, listens: a name or an IP address." };
    private readonly Option<string?> _path = new("--path")
    {
        Description = "The way from there to the controller, for example 1,0 for slot 0 of the backplane. Leave it out for a Micro800.",
        HelpName = "PORT,ADDRESS",
    };

    private readonly Option<int?> _port = new("--port") { Description = "The port, if it is not 44818.", HelpName = "number" };
    private readonly Option<string?> _family = new("--family") { Description = "logix or micro800, if its identity does not tell.", HelpName = "word" };
    private readonly Option<int?> _timeoutMs = new("--timeout") { Description = "Milliseconds for one answer.", HelpName = "ms" };
    private readonly Option<bool> _unconnected = new("--unconnected") { Description = "Opens no connection: each request travels alone." };

    /// <summary>Adds the options to a verb.</summary>
    public Command AddTo(Command verb)
    {
        verb.Arguments.Add(_host);
        verb.Options.Add(_path);
        verb.Options.Add(_port);
        verb.Options.Add(_family);
        verb.Options.Add(_timeoutMs);
        verb.Options.Add(_unconnected);
        return verb;
    }

    /// <summary>The controller as the twin would have it, with no more said than on the command line; its keying is left to the caller.</summary>
    public JsonObject Twin(ParseResult parsed)
    {
        var controller = new JsonObject { ["host"] = parsed.GetRequiredValue(_host) };
        Add(controller, "path", parsed.GetValue(_path));
        Add(controller, "port", parsed.GetValue(_port));
        Add(controller, "family", parsed.GetValue(_family));
        Add(controller, "timeoutMs", parsed.GetValue(_timeoutMs));
        Add(controller, "unconnected", parsed.GetValue(_unconnected) ? true : null);
        return controller;
    }

    /// <summary>A plan of the controller with these tags, read by the module's own reader. Whoever types a host means the device that is there, so no key is compared.</summary>
    /// <exception cref="WrongUsageException">The module's reader refuses it.</exception>
    public SourcePlan Plan(ParseResult parsed, params IEnumerable<string> tags)
    {
        JsonObject controller = Twin(parsed);
        controller["keying"] = "ignore";
        string[] names = [.. tags];
        var members = new JsonObject();
        for (int i = 0; i < names.Length; i++)
        {
            members[$"t{i:D5}"] = new JsonObject { ["group"] = Group, ["tag"] = names[i] };
        }

        var twin = new JsonObject
        {
            ["controllers"] = new JsonObject { [Name] = controller },
            ["groups"] = new JsonObject { [Group] = new JsonObject { ["intervalMs"] = 1000 } },
            ["tags"] = new JsonObject { [Name] = members },
        };
        return new EtherNetIpPlanReader().Read(JsonElement.Parse(twin.ToJsonString())) switch
        {
            PlanReading<EtherNetIpPlan>.Accepted accepted => accepted.Plan.Sources[0],
            PlanReading<EtherNetIpPlan>.Refused refused => throw new WrongUsageException(
                string.Join(' ', refused.Faults.Select(fault => $"{Meant(fault.Pointer, names)}: {fault.Reason}"))),
            _ => throw new InvalidOperationException("A reading is accepted or refused."),
        };
    }

    private static void Add(JsonObject controller, string key, JsonNode? value)
    {
        if (value is not null)
        {
            controller[key] = value;
        }
    }

    // The tag itself rather than its place in a document that nobody wrote.
    private static string Meant(string pointer, string[] names)
    {
        string[] steps = pointer.Split('/');
        return steps is [_, "tags", _, ['t', .. var number], ..] ? names[int.Parse(number, CultureInfo.InvariantCulture)] : steps[^1];
    }
}
