using System.Collections.Immutable;
using System.Globalization;
using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Lists the tags of a controller and of its programs, and the definitions of their structures. Bounded, whatever a device says.</summary>
internal sealed class Browsing(OpenController controller, ControllerPlan plan, DeviceMemory memory, IProgress<int>? progress)
{
    /// <summary>More tags than the largest controller has room for.</summary>
    public const int MaxTags = 200_000;

    private readonly Conversation _conversation = new(controller, plan);
    private readonly ImmutableArray<BrowsedTag>.Builder _tags = ImmutableArray.CreateBuilder<BrowsedTag>();
    private ImmutableArray<ushort> _attributes = SymbolList.Attributes;
    private int _listed;

    /// <summary>Lists them.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<BrowseOutcome> BrowseAsync(CancellationToken stop)
    {
        var programs = new List<string>();
        string? failure = await ListAsync(program: null, programs, stop);
        for (int i = 0; i < programs.Count && failure is null; i++)
        {
            failure = await ListAsync(programs[i], [], stop);
        }

        if (failure is not null)
        {
            return new BrowseOutcome.Failed(failure);
        }

        var templates = new TemplateReading(_conversation);
        foreach (BrowsedTag tag in _tags)
        {
            if (memory.Capabilities.HasTemplates)
            {
                templates.Want(tag.Symbol.Type);
            }
        }

        (IReadOnlyDictionary<ushort, StructureTemplate> read, failure) = await templates.ReadAsync(stop);
        return failure is null ? new BrowseOutcome.Browsed(new TagList(_tags.ToImmutable(), read)) : new BrowseOutcome.Failed(failure);
    }

    private async ValueTask<string?> ListAsync(string? program, List<string> programs, CancellationToken stop)
    {
        var entries = new List<SymbolEntry>();
        uint next = 0;
        bool goesOn = true;
        while (goesOn)
        {
            (byte[] message, string? failure) = await _conversation.AskAsync(CipRequest.GetInstanceAttributeList(program, next, _attributes), stop);
            failure ??= Take(message, entries, ref next, out goesOn);
            if (failure is not null)
            {
                return program is null ? failure : $"program {program}: {failure}";
            }

            foreach (SymbolEntry entry in entries)
            {
                Add(program, entry, programs);
            }

            _listed += entries.Count;
            entries.Clear();
            progress?.Report(_tags.Count);
            if (_listed > MaxTags)
            {
                return string.Create(CultureInfo.InvariantCulture, $"the controller lists more than {MaxTags} tags");
            }
        }

        return null;
    }

    private string? Take(byte[] message, List<SymbolEntry> entries, ref uint next, out bool goesOn)
    {
        goesOn = true;
        if (!MessageRouterReply.TryRead(message, out MessageRouterReply reply) || reply.Service is not CipService.GetInstanceAttributeList)
        {
            return reply.IsFailureOnTheWay ? reply.Status.ToString() : "the controller answered the request for its tags with something else";
        }

        if (!reply.Status.IsGood && !reply.Status.IsPartial)
        {
            // Older firmware does not know the access.
            bool mayAskForLess = reply.Status.General is 0x08 or 0x09 or 0x0A or 0x14 or 0x1C && _attributes.Length == SymbolList.Attributes.Length;
            _attributes = SymbolList.AttributesWithoutAccess;
            return mayAskForLess ? null : $"the controller does not list its tags: {reply.Status}";
        }

        if (!SymbolList.TryRead(reply.Data, _attributes, entries, out uint following))
        {
            return "the list of tags is not well formed";
        }

        goesOn = reply.Status.IsPartial;
        if (goesOn && following <= next)
        {
            return "the list of tags does not go on";
        }

        next = following;
        return null;
    }

    private void Add(string? program, SymbolEntry entry, List<string> programs)
    {
        switch (entry.Kind)
        {
            case SymbolKind.Program when program is null:
                // A name that no path has room for names no program.
                if (entry.ProgramName is { } name)
                {
                    programs.Add(name);
                }

                break;
            case SymbolKind.Tag or SymbolKind.ModuleTag:
                _tags.Add(new BrowsedTag(program, entry));
                break;
        }
    }
}
