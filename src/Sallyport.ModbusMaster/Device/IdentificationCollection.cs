using System.Collections.Immutable;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Puts the parts of an identification together: first the basic objects, then the regular ones if the device has them.</summary>
internal sealed class IdentificationCollection
{
    // A device that always says that more follows is not asked for ever.
    private const int MaxRequests = 16;

    private readonly SortedDictionary<byte, IdentificationObject> _objects = [];
    private IdentificationLevel _level = IdentificationLevel.Basic;
    private int _requests = 1;

    /// <summary>What to ask next, or null if there is nothing more to ask.</summary>
    public IdentificationRequest? Next { get; private set; } = new(IdentificationLevel.Basic, firstObject: 0);

    public ImmutableArray<IdentificationObject> Objects => [.. _objects.Values];

    public void Add(IdentificationReply reply)
    {
        foreach (IdentificationObject one in reply.Objects)
        {
            _objects[one.Id] = one;
        }

        if (reply.NextObject is { } next && next != Next!.FirstObject)
        {
            Ask(_level, next);
        }
        else if (_level is IdentificationLevel.Basic && reply.KnowsRegular)
        {
            Ask(IdentificationLevel.Regular, firstObject: 0);
        }
        else
        {
            Next = null;
        }
    }

    /// <summary>Whether what is there is enough although the last request was refused. Then nothing more is asked.</summary>
    public bool CanDoWithout(ReadOutcome outcome)
    {
        Next = null;
        return outcome is ReadOutcome.Refused && _objects.Count > 0;
    }

    private void Ask(IdentificationLevel level, byte firstObject)
    {
        _level = level;
        Next = _requests++ < MaxRequests ? new IdentificationRequest(level, firstObject) : null;
    }
}
