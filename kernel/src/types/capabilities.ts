import type { ClientCapabilities } from 'vscode-languageserver-protocol/node';

/** What the kernel understands of a language server's answers. */
export const CLIENT_CAPABILITIES: ClientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  workspace: { configuration: true },
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: false,
        insertReplaceSupport: true,
        deprecatedSupport: true,
        labelDetailsSupport: true,
        documentationFormat: ['markdown'],
        tagSupport: { valueSet: [1] },
        resolveSupport: { properties: ['documentation', 'detail'] },
      },
      completionList: { itemDefaults: ['editRange', 'commitCharacters'] },
    },
    hover: { contentFormat: ['markdown'] },
    signatureHelp: {
      signatureInformation: {
        documentationFormat: ['markdown'],
        parameterInformation: { labelOffsetSupport: true },
        activeParameterSupport: true,
      },
    },
    definition: { linkSupport: true },
    diagnostic: { relatedDocumentSupport: false },
  },
};

/** Its settings. Names to import are not suggested: that would index every package in reach. */
export const CONFIGURATION = {
  suggest: { autoImports: false, includeAutomaticOptionalChainCompletions: true },
  tsserver: { automaticTypeAcquisition: { enabled: false } },
  validate: { enabled: true },
};
