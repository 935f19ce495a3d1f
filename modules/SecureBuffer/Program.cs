using Microsoft.Extensions.Hosting;
using Sallyport.Hosting;
using Sallyport.SecureBuffer;
using Sallyport.SecureBuffer.Keys;

HostApplicationBuilder builder = EdgeModule.CreateBuilder(args);
builder.Services.AddSecureBuffer();
return await EdgeModule.RunAsync(builder.BuildProtected());
