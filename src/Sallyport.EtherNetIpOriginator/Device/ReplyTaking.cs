using Sallyport.EtherNetIp.Planning;
using Sallyport.EtherNetIp.Replies;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Makes values of replies, and learns from those that bring none. Allocates nothing for a reply that is as expected.</summary>
internal sealed class ReplyTaking(Controller controller, TagState[] states, TimeProvider time)
{
    /// <summary>What came is no answer to what was asked.</summary>
    public const string NotTheAnswer = "the controller answered a request for tags with something else";

    private readonly ValueTaking _values = new(controller, states);

    /// <summary>Whether another plan would bring values that this one did not.</summary>
    public bool WantsAnotherPass { get; set; }

    /// <summary>Whether the next round needs another plan.</summary>
    public bool HasChanged { get; set; }

    /// <summary>Takes the reply to a frame that asks for tags as wholes.</summary>
    /// <returns>Why the session cannot go on; null if it can.</returns>
    public string? Take(GroupPlan plan, PlannedFrame frame, ReadOnlySpan<byte> message, Span<ValueOutcome> values)
    {
        if (!TagReplies.TryOf(frame, message, out TagReplies replies))
        {
            return NotTheAnswer;
        }

        CipStatus whole = replies.Status;
        if (whole.Consequence is StatusConsequence.Reconnect)
        {
            return whole.ToString();
        }

        bool isRefusedPacket = frame.Kind is PlannedFrameKind.Packet && !whole.IsGood && whole.Consequence is not StatusConsequence.LookInside;
        if (isRefusedPacket && whole.Consequence is not StatusConsequence.Transient)
        {
            // Nothing is said of the tags inside: they are asked for one by one.
            controller.LearnSinglesOnly(whole.ToString());
            HasChanged = true;
        }

        while (replies.TryRead(out int at, out MessageRouterReply reply))
        {
            ReadItem item = plan.Items[at];
            if (isRefusedPacket)
            {
                Bad(item, reply.Status.Quality, whole.ToString(), values);
                if (whole.Consequence is not StatusConsequence.Transient)
                {
                    ReadAgain(item);
                }
            }
            else if (reply.Status.IsPartial)
            {
                item.IsPartial = true;
            }
            else if (!reply.Status.IsGood)
            {
                Refuse(item, reply.Status, values);
            }
            else if (TagData.TryRead(reply.Data, out TagData data))
            {
                Take(item, data, values);
            }
            else
            {
                Bad(item, StatusCode.BadCommunicationError, "the reply ends before the value", values);
            }
        }

        return replies.IsBroken ? NotTheAnswer : null;
    }

    /// <summary>Takes the reply to a frame that asks for a part.</summary>
    public (AssemblyProgress Progress, string? Fault) Add(ReadItem item, PlannedFrame frame, ReadOnlySpan<byte> message, Span<ValueOutcome> values)
    {
        if (!TagReplies.TryOf(frame, message, out TagReplies replies) || !replies.TryRead(out _, out MessageRouterReply reply))
        {
            return (AssemblyProgress.Broken, NotTheAnswer);
        }

        AssemblyProgress progress = item.Assembly.Add(reply);
        switch (progress)
        {
            case AssemblyProgress.Complete:
                Take(item, item.Assembly.Value, values);
                break;
            case AssemblyProgress.Refused when reply.Status.Consequence is StatusConsequence.Reconnect:
                return (progress, reply.Status.ToString());
            case AssemblyProgress.Refused:
                Refuse(item, reply.Status, values);
                break;
            case AssemblyProgress.Broken:
                Bad(item, StatusCode.BadCommunicationError, "the parts of the value do not belong together", values);
                break;
        }

        return (progress, null);
    }

    /// <summary>None of the tags of an item has a value.</summary>
    public static void Bad(ReadItem item, StatusCode status, string reason, Span<ValueOutcome> values)
    {
        foreach (ReadItem.Consumer consumer in item.Consumers)
        {
            values[consumer.Tag] = ValueOutcome.Bad(status, reason);
        }
    }

    /// <summary>The value of an item did not fit into one reply: it is read in parts from the next round on.</summary>
    public void MakeLarge(ReadItem item)
    {
        if (item.Consumers.Length == 1)
        {
            states[item.Consumers[0].Tag].IsLarge = true;
            HasChanged = true;
        }
    }

    private void Take(ReadItem item, TagData data, Span<ValueOutcome> values)
    {
        switch (_values.Take(item, data, values))
        {
            case ValueTaking.Finding.Nothing:
                break;
            case ValueTaking.Finding.Learned:
                HasChanged = true;
                break;
            case ValueTaking.Finding.OtherLayout:
                ReadAlone(item);
                break;
            case ValueTaking.Finding.ReadAgain:
                ReadAgain(item);
                break;
            case ValueTaking.Finding.NoElement:
                Quarantine(item.Consumers[0].Tag, StatusCode.BadNodeIdUnknown, "the array has no such element: check its size", values);
                break;
            case ValueTaking.Finding.NoValue:
                Quarantine(item.Consumers[0].Tag, StatusCode.BadConfigurationError, "the tag is a structure: name one of its members", values);
                break;
        }
    }

    private void Refuse(ReadItem item, CipStatus status, Span<ValueOutcome> values)
    {
        if (status.Consequence is StatusConsequence.Transient)
        {
            Bad(item, status.Quality, status.ToString(), values);
            return;
        }

        TagState state = states[item.Consumers[0].Tag];
        if (item.IsByInstance && status.General is 0x04 or 0x05 or 0x16)
        {
            // The program has changed: numbers of tags are not what they were.
            controller.ForgetSymbols();
            foreach (ReadItem.Consumer consumer in item.Consumers)
            {
                states[consumer.Tag].IsByName = true;
            }

            Bad(item, status.Quality, status.ToString(), values);
            ReadAgain(item);
        }
        else if (item.Consumers.Length > 1)
        {
            Bad(item, status.Quality, status.ToString(), values);
            ReadAlone(item);
        }
        else if (status.General is 0x11 or 0x1A or 0x1B && !state.IsLarge)
        {
            state.IsLarge = true;
            Bad(item, status.Quality, status.ToString(), values);
            ReadAgain(item);
        }
        else if (MayBeBitArray(state) && status.Consequence is StatusConsequence.ConfigurationError)
        {
            // The index may count bits: an array of BOOL has as many double words as there are bits divided by 32.
            state.TryBitArray(isOne: true);
            Bad(item, status.Quality, status.ToString(), values);
            ReadAgain(item);
        }
        else
        {
            if (state is { HasTriedBitArray: true, Request.Type: null })
            {
                state.TryBitArray(isOne: false);
            }

            Quarantine(item.Consumers[0].Tag, status.Quality, status.ToString(), values);
        }
    }

    private bool MayBeBitArray(TagState state) => state is { HostType: null, HasTriedBitArray: false, Request.Type: null, Name: { LastIndex: not null, Bit: null } }
        && controller.Memory.Capabilities.HasTemplates;

    private void Quarantine(int tag, StatusCode status, string reason, Span<ValueOutcome> values)
    {
        bool isNews = !states[tag].IsSuspect;
        values[tag] = states[tag].Refuse(status, reason, time);
        if (isNews)
        {
            controller.Refused(states[tag].Name, reason);
        }

        HasChanged = true;
    }

    private void ReadAlone(ReadItem item)
    {
        foreach (ReadItem.Consumer consumer in item.Consumers)
        {
            states[consumer.Tag].IsSolo = true;
        }

        ReadAgain(item);
    }

    private void ReadAgain(ReadItem item)
    {
        foreach (ReadItem.Consumer consumer in item.Consumers)
        {
            states[consumer.Tag].IsRest = true;
        }

        (HasChanged, WantsAnotherPass) = (true, true);
    }
}
