SELECT 'stocktake'
