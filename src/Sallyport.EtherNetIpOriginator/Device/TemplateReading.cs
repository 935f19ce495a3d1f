using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Reads the definitions of structures, those inside of others included. What cannot be read is left out: its members are then read one by one.</summary>
internal sealed class TemplateReading(Conversation conversation)
{
    private const int MaxTemplates = 4096;

    private readonly Dictionary<ushort, StructureTemplate> _templates = [];
    private readonly HashSet<ushort> _asked = [];
    private readonly Queue<ushort> _open = [];

    /// <summary>Wants the definition of a type, if it is a structure.</summary>
    public void Want(SymbolType type)
    {
        if (type.IsStructure && _asked.Count < MaxTemplates && _asked.Add(type.Template))
        {
            _open.Enqueue(type.Template);
        }
    }

    /// <summary>Reads all that are wanted.</summary>
    /// <returns>What was read, or why the session ended meanwhile.</returns>
    public async ValueTask<(IReadOnlyDictionary<ushort, StructureTemplate> Templates, string? Failure)> ReadAsync(CancellationToken stop)
    {
        while (_open.TryDequeue(out ushort id))
        {
            (byte[] message, string? failure) = await conversation.AskAsync(
                CipRequest.GetAttributeList(TemplateAttributes.PathOf(id), TemplateAttributes.Attributes), stop);
            if (failure is not null)
            {
                return (_templates, failure);
            }

            if (Attributes(message) is not { } attributes)
            {
                continue;
            }

            (byte[]? definition, failure) = await DefinitionAsync(id, attributes.DefinitionLength, stop);
            if (failure is not null)
            {
                return (_templates, failure);
            }

            if (definition is not null && StructureTemplate.TryRead(id, attributes, definition, out StructureTemplate? template))
            {
                Add(template!);
            }
        }

        return (_templates, null);
    }

    private void Add(StructureTemplate template)
    {
        _templates[template.Id] = template;
        foreach (StructureMember member in template.Members)
        {
            Want(member.Type);
        }
    }

    private async ValueTask<(byte[]? Definition, string? Failure)> DefinitionAsync(ushort id, ushort length, CancellationToken stop)
    {
        byte[] definition = new byte[length];
        int filled = 0;
        while (filled < length)
        {
            (byte[] message, string? failure) = await conversation.AskAsync(CipRequest.ReadTemplate(id, (uint)filled, (ushort)(length - filled)), stop);
            if (failure is not null)
            {
                return (null, failure);
            }

            if (!MessageRouterReply.TryRead(message, out MessageRouterReply reply) || (!reply.Status.IsGood && !reply.Status.IsPartial) || reply.Data.IsEmpty)
            {
                return (null, null);
            }

            ReadOnlySpan<byte> part = reply.Data[..Math.Min(reply.Data.Length, length - filled)];
            part.CopyTo(definition.AsSpan(filled));
            filled += part.Length;
            if (reply.Status.IsGood && filled < length)
            {
                // The length is an estimate of the specification; the last name may have lost its padding.
                Array.Resize(ref definition, filled);
                break;
            }
        }

        return (definition, null);
    }

    private static TemplateAttributes? Attributes(byte[] message) =>
        MessageRouterReply.TryRead(message, out MessageRouterReply reply) && reply.Status.IsGood && TemplateAttributes.TryRead(reply.Data, out TemplateAttributes? attributes)
            ? attributes
            : null;
}
