/** Search of the catalogue as screens use it: pure domain code, so that typing at a kiosk needs no round trip. */
export * from '#domain/procedure-search.ts'
