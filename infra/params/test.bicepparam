using '../main.bicep'

param environmentName = 'test'
param alertEmails = ['on-call@example.com']
param gatewayIds = ['gw-0001', 'gw-0001-buffer']
param deployGatewayVm = true
param isGatewaySetupOpen = true
param sshPublicKey = 'ssh-ed25519 REPLACE-WITH-YOUR-PUBLIC-KEY'
