using Microsoft.Extensions.Logging;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <content>What is learned beside the rounds.</content>
internal sealed partial class Controller
{
    private OpenController? _browsed;

    /// <summary>The device does not take several requests in one.</summary>
    public void LearnSinglesOnly(string reason)
    {
        if (Memory.Capabilities.HasMultipleServicePackets)
        {
            Memory.Learn(Memory.Capabilities with { HasMultipleServicePackets = false });
            _metrics.CapabilityLearned();
            LogSinglesOnly(Plan.Name, reason);
        }
    }

    /// <summary>The tags are not what they were.</summary>
    public void ForgetSymbols()
    {
        lock (_holdOff)
        {
            _browsed = null;
        }

        Memory.Forget();
    }

    /// <summary>The list of tags is needed: it is read between the rounds, once in a session.</summary>
    public void WantSymbols()
    {
        if (_last is OpeningOutcome.Opened { Controller: var controller })
        {
            WantSymbols(controller);
        }
    }

    /// <inheritdoc cref="WantSymbols()"/>
    public void WantSymbols(OpenController controller)
    {
        lock (_holdOff)
        {
            if (ReferenceEquals(_browsed, controller) || !Memory.Capabilities.HasTemplates)
            {
                return;
            }

            _browsed = controller;
        }

        _ = LearnSymbolsAsync(controller);
    }

    private async Task LearnSymbolsAsync(OpenController controller)
    {
        // The round that found out goes on at once.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        BrowseOutcome outcome = await new Browsing(controller, Plan, Memory, progress: null).BrowseAsync(CancellationToken.None);
        switch (outcome)
        {
            case BrowseOutcome.Browsed browsed when Memory.Symbols?.Has(browsed.Tags) is not true:
                Memory.Learn(new SymbolTable(browsed.Tags));
                break;
            case BrowseOutcome.Failed failed:
                LogNoSymbols(Plan.Name, failed.Reason);
                break;
        }
    }

    /// <summary>Numbers of tags may have gone to others: the list is read again.</summary>
    private void CheckSymbols(OpenController controller)
    {
        if (Memory.Symbols is { HasUsableNumbers: true } && Memory.Capabilities.HasInstanceAddressing)
        {
            _ = LearnSymbolsAsync(controller);
        }
    }

    [LoggerMessage(1409, LogLevel.Information, "Controller {Controller} is asked for one tag at a time from now on: {Reason}")]
    private partial void LogSinglesOnly(string controller, string reason);

    [LoggerMessage(1410, LogLevel.Information, "Controller {Controller} is read by the names of its tags: {Reason}")]
    private partial void LogNoSymbols(string controller, string reason);
}
