using System.Text.Json;

namespace Sallyport.Hosting.Configuration;

/// <content>True and false.</content>
public readonly partial struct DesiredReader
{
    /// <summary>Allows true or false; if nothing stands here, it is <paramref name="absent"/>.</summary>
    public bool TryFlag(bool absent, out bool value)
    {
        value = absent;
        if (!Exists)
        {
            return true;
        }

        value = _element.ValueKind is JsonValueKind.True;
        if (_element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return true;
        }

        Refuse($"{Found()} is neither true nor false.");
        return false;
    }
}
