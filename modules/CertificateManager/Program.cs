using Microsoft.Extensions.Hosting;
using Sallyport.CertificateManager;
using Sallyport.Hosting;

HostApplicationBuilder builder = EdgeModule.CreateBuilder(args);
builder.Services.AddCertificateManager();
return await EdgeModule.RunAsync(builder.Build());
