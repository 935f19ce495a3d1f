using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Listing;

namespace Sallyport.Ctl.Eip;

/// <summary>Desired properties that read the tags of a controller, for people to cut down.</summary>
internal sealed class TwinDraft
{
    private const string Group = "normal";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _points = [];
    private readonly PointNames _names = new();
    private int _leftOut;

    /// <summary>Makes the draft.</summary>
    /// <param name="controller">The controller as the command line said it.</param>
    /// <param name="identity">Who it is; null if it is not known.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="filter">How those begin that are meant.</param>
    public TwinDraft(JsonObject controller, IdentityObject? identity, ReadableTags tags, string filter)
    {
        var members = new TagMembers(tags.Templates);
        foreach (ReadableTag tag in tags.From(filter, after: null))
        {
            Add(tag, members);
        }

        if (identity is null)
        {
            controller["keying"] = "ignore";
        }
        else
        {
            IdentityKeys.AddTo(controller, identity);
        }

        var twin = new JsonObject
        {
            ["controllers"] = new JsonObject { [ControllerOptions.Name] = controller },
            ["groups"] = new JsonObject { [Group] = new JsonObject { ["intervalMs"] = 1000 } },
            ["tags"] = new JsonObject { [ControllerOptions.Name] = _points },
        };
        Text = twin.ToJsonString(Indented);
    }

    /// <summary>The desired properties.</summary>
    public string Text { get; }

    /// <summary>What people should know of them.</summary>
    public string Notes => string.Create(
        CultureInfo.InvariantCulture,
        $"{_points.Count} points{(_leftOut > 0 ? $"; {_leftOut} tags are left out: no access, several dimensions, or structures that are not known or whose arrays are" : "")}. ")
        + "Keep what you need, name controller and points as you like, and look at the result with \"eip validate\".";

    private void Add(ReadableTag tag, TagMembers members)
    {
        int before = _points.Count;
        if (tag.Symbol.Access is not ExternalAccess.None)
        {
            foreach (TagMember member in members.Of(tag))
            {
                var point = new JsonObject { ["group"] = Group, ["tag"] = member.Tag };
                if (member.Type is not null)
                {
                    point["type"] = member.Type;
                }

                if (member.Elements > 0)
                {
                    point["elements"] = member.Elements;
                }

                _points[_names.For(member.Tag)] = point;
            }
        }

        _leftOut += _points.Count == before ? 1 : 0;
    }
}
