using '../main.bicep'

param environmentName = 'dev'
param alertEmails = ['on-call@example.com']
param gatewayIds = ['gw-0001']
