using Sallyport.EtherNetIp.Identity;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <content>What becomes of sessions.</content>
internal sealed partial class Controller
{
    private string? _told;

    private void Take(OpeningOutcome outcome)
    {
        switch (outcome)
        {
            case OpeningOutcome.Opened { Controller: var controller }:
                _hasServed = false;
                _told = null;
                LogOpened(Plan.Name, controller.Identity.ProductName, controller.Identity.Revision, controller.Identity.SerialNumber);
                Seen(controller, controller.Identity, isSession: true);
                Watch(controller);
                break;
            case OpeningOutcome.WrongDevice wrong:
                _holdOff.Failed(HoldOff.WrongDevice);
                _metrics.WrongDevice();
                break;
            case OpeningOutcome.Failed { IsLasting: true } failed:
                _holdOff.Failed(HoldOff.Lasting);
                TellLasting(failed.Reason);
                break;
            case OpeningOutcome.Failed failed:
                _holdOff.Failed();
                LogFailed(Plan.Name, failed.Reason);
                break;
        }
    }

    private void Watch(OpenController controller)
    {
        _ = new KeepAlive(controller, Plan, _time, identity =>
        {
            Seen(controller, identity);
            CheckSymbols(controller);
        }).RunAsync();
    }

    /// <summary>The controller said who it is.</summary>
    private void Seen(OpenController controller, IdentityObject identity, bool isSession = false)
    {
        if (Plan.Key.Compare(identity) is KeyingOutcome.Differs differs)
        {
            _last = new OpeningOutcome.WrongDevice(differs, identity);
            _holdOff.Failed(HoldOff.WrongDevice);
            _metrics.WrongDevice();
            controller.Session.Close("another device answers");
            return;
        }

        if ((identity.Vendor, identity.ProductCode, identity.SerialNumber) != (controller.Identity.Vendor, controller.Identity.ProductCode, controller.Identity.SerialNumber)
            || identity.Revision != controller.Identity.Revision)
        {
            controller.Session.Close("the controller was replaced");
            return;
        }

        bool isChange = _status is { } known && known != identity.Status;
        if (isChange)
        {
            _metrics.StatusChanged();
        }

        if (isChange || isSession)
        {
            _status = identity.Status;
            LogStatus(Plan.Name, identity.Status.Mode, identity.Status.KeySwitch, identity.Status.Word);
            _observed(identity);
        }
    }

    private void Closed(string reason)
    {
        _metrics.Disconnected();
        if (!_hasServed && _last is OpeningOutcome.Opened)
        {
            _holdOff.Failed();
        }

        LogClosed(Plan.Name, reason);
    }

    // Once is enough until something changes.
    private void TellLasting(string reason)
    {
        if (!string.Equals(_told, reason, StringComparison.Ordinal))
        {
            _told = reason;
            LogLasting(Plan.Name, reason);
        }
    }
}
