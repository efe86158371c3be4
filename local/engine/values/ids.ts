export declare function encodeId(tableNumber: number, internal?: Uint8Array): string;
export declare function decodeId(id: string): { tableNumber: number } | null;
